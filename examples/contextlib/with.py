# with: entered, run, left, whatever happens
class Managed:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        print("enter", self.name)
        return self.name

    def __exit__(self, kind, error, traceback):
        print("exit", self.name, kind.__name__ if kind else None)

# --- The value of __enter__ is what `as` names
with Managed("a") as name:
    print("in", name)

# --- Several managers are left in reverse
with Managed("a") as a, Managed("b") as b:
    print(a + b)

# --- An exception leaves them too, and goes on
try:
    with Managed("a"), Managed("b"):
        raise ValueError("boom")
except ValueError as e:
    print("caught", e)

# --- So does a return
def first_even(numbers):
    with Managed("search"):
        for n in numbers:
            if n % 2 == 0:
                return n

print(first_even([3, 5, 6, 7]))

# --- What fails to be entered is not left; what was entered before is
class Broken(Managed):
    def __enter__(self):
        raise OSError("cannot enter")

try:
    with Managed("a"), Broken("b"):
        print("never")
except OSError as e:
    print("caught", e)
