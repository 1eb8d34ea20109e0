# Which pointer: in Python every name is the same kind, in C++ you choose
import threading
import weakref


class Part:
    def __init__(self, name, parent=None):
        self.name = name
        self.parent = parent
        self.parts = []


class Config:
    def __init__(self, timeout):
        self.timeout = timeout


# --- One owner
engine = Part("engine")
moved, engine = engine, None
print(moved.name, engine is None)

# --- Parts that know their parents: a cycle
car = Part("car")
car.parts.append(Part("wheel", car))
print(car.parts[0].parent.name, car.parts[0].parent is car)

# --- Something inside of an object that must stay
wheel = car.parts[0]
car = None
print(wheel.name, "of", wheel.parent.name)

# --- A look at an object that need not stay
seen = weakref.ref(moved)
print(seen().name)
moved = None
print(seen() is None)

# --- An object that threads share
config = Config(30)

def report():
    print("timeout", config.timeout)

thread = threading.Thread(target=report)
thread.start()
thread.join()
