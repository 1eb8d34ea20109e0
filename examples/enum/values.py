# values: members that stand for something else than a number, and enumerations that are checked
from enum import Enum, StrEnum, verify, unique, CONTINUOUS

# --- Strings as values
class Suit(StrEnum):
    CLUBS = "c"
    HEARTS = "h"

print(Suit.HEARTS, repr(Suit.HEARTS), Suit("c").name)
try:
    print(Suit("x"))
except ValueError as e:
    print("ValueError:", e)

# --- What becomes of other values
class Season(Enum):
    SPRING = 1
    FALL = 3

    @classmethod
    def _missing_(cls, number):
        return cls.FALL if number > 3 else None

print(Season(1), Season(9))
try:
    print(Season(2))
except ValueError as e:
    print("ValueError:", e)

# --- Two names for one number
class Color(Enum):
    RED = 1
    BLUE = 2
    CRIMSON = 1

print(Color["CRIMSON"], list(Color))
try:
    unique(Color)
except ValueError as e:
    print("ValueError:", e)

# --- Numbers that are left out
try:
    verify(CONTINUOUS)(Season)
except ValueError as e:
    print("ValueError:", e)
