# property: an attribute whose reads and writes are calls
# --- The class
class Circle:
    def __init__(self, radius):
        self.radius = radius

    @property
    def radius(self):
        return self._radius

    @radius.setter
    def radius(self, value):
        if value < 0:
            raise ValueError("Radius cannot be negative")
        self._radius = value

    @radius.deleter
    def radius(self):
        print("back to the unit circle")
        self._radius = 1.0

    @property
    def area(self):
        return 3.0 * self._radius**2


# --- Reads and writes look like those of a member
c = Circle(5.0)
print(c.radius, c.area)
c.radius = 10.0
c.radius += 1
print(c.radius, c.area)

# --- The setter checks, whichever way the value comes
for change in (-1.0, -12.0):
    try:
        c.radius = change if change == -1.0 else c.radius + change
    except ValueError as error:
        print("ValueError:", error)
print(c.radius)

# --- It is used as its value
print(c.radius * 2, c.radius == 11, f"{c.area:.2f}", round(c.area))
other = Circle(2.0)
other.radius = c.radius
print(other.radius)

# --- The deleter
del other.radius
print(other.radius)
