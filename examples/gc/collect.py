# The gc module: who points to whom, and what nobody reaches
import gc


class Person:
    def __init__(self, name, likes=None):
        self.name = name
        self.likes = likes


def names(objects):
    return sorted(o.name for o in objects if isinstance(o, Person))


gc.disable()
gc.collect()

# --- What an object points to, and what points to it
ann = Person("ann")
bob = Person("bob", ann)
cy = Person("cy", ann)
print(names(gc.get_referents(bob)))
print(names(gc.get_referrers(ann)))
print(names(gc.get_objects()))

# --- What cannot be in a cycle is not tracked
print(gc.is_tracked(42), gc.is_tracked("text"), gc.is_tracked(ann))

# --- How many objects a collection found
ann.likes = bob
print(gc.collect())
ann = bob = None
print(gc.collect())  # cy likes ann, who likes bob
cy = None
print(gc.collect())

# --- Garbage that is kept, to see what leaked
gc.set_debug(gc.DEBUG_SAVEALL)
dora = Person("dora")
dora.likes = Person("eve", dora)
dora = None
print(gc.collect())
print(names(gc.garbage))
for p in gc.garbage:
    if p.name == "eve":
        print("eve likes", p.likes.name)
p = None

# --- And then let go
gc.set_debug(0)
gc.garbage.clear()
print(len(gc.garbage), gc.collect(), gc.get_debug())

# --- A generation that does not exist
try:
    gc.collect(3)
except ValueError as e:
    print("ValueError:", e)
