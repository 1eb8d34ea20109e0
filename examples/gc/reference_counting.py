# Reference counting: what frees an object, and when
import gc
import sys


class Resource:
    def __init__(self, name, part=None):
        self.name = name
        self.part = part

    def __del__(self):
        print("released", self.name)


class Phoenix:
    def __del__(self):
        print("rises")
        saved.append(self)


# --- Every name and every element is a reference
a = Resource("a")
b = a
shelf = [a, a]
print(sys.getrefcount(a) - 1)  # getrefcount counts its own argument, too
b = None
shelf.clear()
print(sys.getrefcount(a) - 1)

# --- The last reference that goes frees the object, at once
a = None
print("the next line")

# --- Locals go at the end of their scope
def work():
    log = Resource("log")
    print("working with", log.name)

work()
print("after the scope")

# --- A new object takes the place of the old one
a = Resource("old")
a = Resource("new")
a = None

# --- What an object holds goes after it
box = Resource("box", Resource("lid", Resource("handle")))
box = None

# --- A finalizer may keep its object, and is called once
saved = []
phoenix = Phoenix()
phoenix = None
print(len(saved), gc.is_finalized(saved[0]))
saved.clear()
print(len(saved))
