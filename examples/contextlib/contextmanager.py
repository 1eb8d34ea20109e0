# A context manager from a generator: what is before the yield, and what is after it
from contextlib import contextmanager

@contextmanager
def tag(name):
    print(f"<{name}>")
    yield name
    print(f"</{name}>")

@contextmanager
def attempt(what):
    try:
        yield
        print(what, "worked")
    except ValueError as e:
        print(what, "failed:", e)

# --- What it yields is what `as` names
with tag("h1") as name:
    print("in", name)

# --- An exception of the body is raised at the yield, where it can be caught
with attempt("parsing"):
    raise ValueError("invalid literal")
with attempt("adding"):
    print(1 + 1)

# --- One that is not caught there goes on, and what is after the yield is skipped
try:
    with tag("p"):
        raise KeyError("key")
except KeyError as e:
    print("caught", repr(e))

# --- It is a decorator too
@tag("div")
def greet(who):
    print("Hello,", who)

greet("World")

# --- A generator that does not keep to the rules
@contextmanager
def twice():
    yield 1
    yield 2

try:
    with twice():
        pass
except RuntimeError as e:
    print(repr(e))
