# flags: sets of flags, and what becomes of bits that no flag has
from enum import Flag, IntFlag, STRICT, CONFORM

# --- Flags, and their boundaries
class Perm(Flag, boundary=STRICT):
    X = 1
    W = 2
    R = 4
    RW = 6

class Style(Flag, boundary=CONFORM):
    BOLD = 1
    ITALIC = 2

class Mode(IntFlag):
    READ = 1
    WRITE = 2

# --- Together, in common, and what is missing
print(Perm.R | Perm.X, repr(Perm.R | Perm.W), repr(Perm.R & Perm.W))
print(repr(~Perm.X), repr(Perm.RW ^ Perm.R))

# --- Which are set, and whether one is
for flag in Perm.R | Perm.X:
    print(flag.name, flag.value)
print(Perm.R in Perm.RW, Perm.X in Perm.RW)
print(list(Perm), list(Perm.__members__))

# --- Bits that no flag has
print(repr(Perm(5)), repr(Style(7)), repr(Mode(9)), Mode(9))
try:
    print(Perm(8))
except ValueError as e:
    print("ValueError:", e)
