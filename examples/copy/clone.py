# Cloning: a copy of the class that the object is
import copy
from abc import ABC, abstractmethod


# --- A base class, and two that derive from it
class Shape(ABC):
    @abstractmethod
    def describe(self): ...


class Circle(Shape):
    def __init__(self, radius):
        self.radius = radius

    def describe(self):
        return f"circle of radius {self.radius}"


class Square(Shape):
    def __init__(self, side):
        self.side = side

    def describe(self):
        return f"square of side {self.side}"


# --- A copy, whatever the class
def twice(shape):
    return [shape, copy.copy(shape)]


for shape in twice(Circle(2)) + twice(Square(3)):
    print(shape.describe())

# --- A drawing that shows one shape twice
circle = Circle(5)
drawing = [circle, Square(1), circle]
other = copy.deepcopy(drawing)
print([shape.describe() for shape in other])
print(other[0] is circle, other[0] is other[2])

# --- Prototypes: copies of what is registered by name
prototypes = {"dot": Circle(1), "box": Square(10)}
print(copy.deepcopy(prototypes["dot"]).describe())
print(copy.deepcopy(prototypes["box"]).describe())
