# slots: objects that hold their members and nothing else
import sys


# --- The same class with and without slots
class Point:
    __slots__ = ("x", "y")

    def __init__(self, x=0.0, y=0.0):
        self.x, self.y = x, y


class LoosePoint:
    def __init__(self, x=0.0, y=0.0):
        self.x, self.y = x, y


p, loose = Point(1.0, 2.0), LoosePoint(1.0, 2.0)

# --- The names are known, and there are no others
print(list(Point.__slots__))
setattr(p, "x", 3.0)
print(p.x, getattr(p, "y"))
try:
    setattr(p, "z", 4.0)
except AttributeError as error:
    print("AttributeError:", error)

# --- Without slots any name will do
loose.z = 4.0
print(loose.z, sorted(vars(loose)))

# --- What that costs
print(hasattr(p, "__dict__"), hasattr(loose, "__dict__"))
print(sys.getsizeof(p) < sys.getsizeof(loose) + sys.getsizeof(vars(loose)))
