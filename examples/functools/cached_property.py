# cached_property: an attribute computed when it is first read
import copy
from functools import cached_property


# --- The class
class Circle:
    def __init__(self, radius):
        self.radius = radius

    @cached_property
    def area(self):
        print("computing")
        if self.radius < 0:
            raise ValueError("Radius cannot be negative")
        return 3.0 * self.radius**2


# --- Computed once
c = Circle(2.0)
print(c.area)
print(c.area)

# --- It is kept, even where it is out of date
c.radius = 10.0
print(c.area)

# --- del forgets it: the next read computes again
del c.area
print(c.area)

# --- Assigned, it is an attribute like any other
c.area = 1.0
print(c.area)

# --- A copy has the kept value, and its own life
d = copy.copy(c)
del d.area
print(d.area, c.area)

# --- A getter that raises keeps nothing
e = Circle(-1.0)
for _ in range(2):
    try:
        print(e.area)
    except ValueError as error:
        print("ValueError:", error)
try:
    del e.area
except AttributeError as error:
    print("AttributeError:", error)
