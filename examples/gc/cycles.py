# Cycles: what counting cannot free, the collector finds
import gc


class Node:
    def __init__(self, name):
        self.name = name
        self.next = None

    def __del__(self):
        global saved
        finalized.add(f"{self.name} -> {self.next.name}")
        if self.name == "lazarus":
            saved = self


def ring(first, second):
    a, b = Node(first), Node(second)
    a.next, b.next = b, a
    return a


finalized, saved = set(), None
gc.disable()  # nothing is collected but by hand
gc.collect()

# --- Two that point to each other outlive their names
pair = ring("a", "b")
pair = None
print(len(finalized))

# --- The collector finds them, and calls the finalizers while all is still there
print(gc.collect())
print(sorted(finalized))

# --- What a finalizer saves lives on, with all that it reaches
pair = ring("martha", "lazarus")
pair = None
print(gc.collect())
print(saved.name, saved.next.name)
saved = None
print(gc.collect())

# --- What somebody still points to stays
pair = ring("c", "d")
print(gc.collect())

# --- The older an object, the more rarely it is looked at
def is_in(node, generation):
    return any(o is node for o in gc.get_objects(generation))

young = Node("young")
young.next = young
print(is_in(young, 0), is_in(pair, 2))
pair = young = None
print(gc.collect(0))
print(gc.collect(2))
