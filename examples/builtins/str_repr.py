# __str__ for readers, __repr__ for programmers


# --- A type with both
class Money:
    def __init__(self, cents, currency):
        self.cents = cents
        self.currency = currency

    def __repr__(self):
        return f"Money({self.cents!r}, {self.currency!r})"

    def __str__(self):
        return f"{self.cents / 100:.2f} {self.currency}"


# --- A type with only one: str falls back to repr
class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __repr__(self):
        return f"Point({self.x}, {self.y})"


# --- Which one is called
price = Money(1250, "EUR")
print(price)
print(str(price), repr(price))
print(f"{price} or {price!r}")
print(Point(1, 2), str(Point(1, 2)) == repr(Point(1, 2)))

# --- A container shows the repr of what it holds
print([price], {"start": Point(0, 0)})

# --- A string shows the difference
quote = "it's\n"
print(repr(quote), len(quote))
print(str(3.0) == repr(3.0), str("a") == repr("a"))
