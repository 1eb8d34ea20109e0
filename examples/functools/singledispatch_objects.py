# singledispatch on objects: each by its own class, which only the running program knows
from functools import singledispatch


class Shape:
    pass


class Circle(Shape):
    pass


class Disk(Circle):
    pass


class Square(Shape):
    pass


# --- A function for some of the classes
@singledispatch
def describe(value):
    return "something"


describe.register(Shape, lambda shape: "a shape")
describe.register(Circle, lambda circle: "a circle")

# --- A list of objects, each by its own class
shapes = [Shape(), Circle(), Disk(), Square()]
print([describe(shape) for shape in shapes])
