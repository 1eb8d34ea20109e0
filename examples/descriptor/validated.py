# descriptors: attributes that check what is assigned to them
from abc import ABC, abstractmethod


# --- Validators
class Validator(ABC):
    def __set_name__(self, owner, name):
        self.private_name = "_" + name

    def __get__(self, obj, objtype=None):
        return getattr(obj, self.private_name)

    def __set__(self, obj, value):
        self.validate(value)
        setattr(obj, self.private_name, value)

    @abstractmethod
    def validate(self, value): ...


class OneOf(Validator):
    def __init__(self, *options):
        self.options = options

    def validate(self, value):
        if value not in self.options:
            raise ValueError(f"Expected {value!r} to be one of {self.options!r}")


class AtLeast(Validator):
    def __init__(self, minvalue):
        self.minvalue = minvalue

    def validate(self, value):
        if value < self.minvalue:
            raise ValueError(f"Expected {value!r} to be at least {self.minvalue!r}")


# --- A class with checked attributes
class Component:
    kind = OneOf("wood", "metal", "plastic")
    quantity = AtLeast(0)

    def __init__(self, kind, quantity):
        self.kind = kind
        self.quantity = quantity


# --- Wrong values do not get in
for kind, quantity in [("metle", 5), ("metal", -5), ("metal", 5)]:
    try:
        c = Component(kind, quantity)
        print(c.kind, c.quantity)
    except ValueError as error:
        print("ValueError:", error)
# --- Nor later
try:
    c.quantity -= 6
except ValueError as error:
    print("ValueError:", error, "- still", c.quantity)
