# singledispatch: one function, implemented by type
from functools import singledispatch


# --- A function for each type
@singledispatch
def describe(value):
    return "something"


@describe.register
def _(value: int):
    return f"the int {value}"


@describe.register(str)
def _(value):
    return f"{len(value)} characters"


@describe.register
def _(value: list):
    return "a list of " + ", ".join(describe(item) for item in value)


# --- The type of the first argument decides
print(describe(42))
print(describe("text"))
print(describe([1, "a", None]))
print(describe(2.5))

# --- A class counts as its nearest registered base
class Shape:
    pass


class Circle(Shape):
    pass


class Disk(Circle):
    pass


describe.register(Shape, lambda shape: "a shape")
describe.register(Circle, lambda circle: "a circle")
print([describe(shape) for shape in (Shape(), Circle(), Disk())])

# --- Which function would be called
print(describe.dispatch(Disk)(None), "-", describe.dispatch(float)(None))
