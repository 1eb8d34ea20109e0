# The format mini-language: width, alignment, sign, grouping, precision, type

# --- Alignment and fill
print(format("left", "<10") + "|" + format("right", ">10") + "|" + format("mid", "*^9"))
print(format("grüße", "é>8"), format("mini-language", ".4"))

# --- Integers
print(format(255, "d"), format(255, "#x"), format(255, "#o"), format(255, "08b"), format(8364, "c"))
print(format(1234567, ","), format(3735928559, "_x"), format(-42, "=+8"))

# --- Floats
pi = 3.141592653589793
print(format(pi), format(pi, ".2f"), format(pi, ".3e"), format(pi, ".5g"), format(0.256, ".1%"))
print(format(-1234.5, "+012,.2f"), format(1e16, "g"), format(1e16, ""), format(-0.0001, "z.2f"))

# --- Rounding is half to even, of the exact value
print([format(x, ".0f") for x in (0.5, 1.5, 2.5)], format(2.675, ".2f"))

# --- Booleans are ints
print(format(True), format(True, "d"), format(False, "03"))


# --- Your own types
class Angle:
    def __init__(self, degrees):
        self.degrees = degrees

    def __format__(self, spec):
        return format(self.degrees, spec) + "°"


print(format(Angle(12.345), ".1f"), f"{Angle(7.0):>6}")

# --- Errors
for value, spec in ((1.0, "d"), (1, ".2"), ("py", "="), ([1], "5")):
    try:
        format(value, spec)
    except (ValueError, TypeError) as error:
        print(repr(error))
