# color: members, names and values
from enum import Enum, IntEnum, StrEnum, auto

# --- Three enumerations
class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3

class Level(IntEnum):
    LOW = 1
    HIGH = 10

class Key(StrEnum):
    SHIFT = auto()
    CTRL = auto()

# --- A member, its name and its value
print(Color.RED, repr(Color.GREEN))
print(Color.RED.name, Color.RED.value)

# --- All members
for color in Color:
    print(color.name, color.value)
print(list(Color), len(Color))

# --- By name and by value
print(Color["BLUE"], Color(2))
try:
    print(Color["PURPLE"])
except KeyError as e:
    print("KeyError:", e)
try:
    print(Color(5))
except ValueError as e:
    print("ValueError:", e)

# --- Members that are numbers, members that are strings
print(Level.HIGH, repr(Level.HIGH), Level.LOW < 5, Level.HIGH == 10)
print(Key.SHIFT, repr(Key.SHIFT), Key("ctrl").name)

# --- In format strings and as keys
print("{:>10}|{:04}|{:<6}|".format(Color.RED, Level.HIGH, Key.CTRL))
print({Color.RED: "apple", Color.GREEN: "pear"})
