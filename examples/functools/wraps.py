# wraps: a decorated function that still says who it is
import functools


# --- Two decorators, and a function
def shout(fn):
    def wrapper(name):
        return fn(name).upper()

    return wrapper


def polite(fn):
    @functools.wraps(fn)
    def wrapper(name):
        return fn(name) + ", please"

    return wrapper


def ask(name):
    """Ask someone."""
    return f"come here {name}"


# --- Without wraps the wrapper's name is all there is
loud = shout(ask)
print(loud("Ada"))
print(loud.__name__, "-", hasattr(loud, "__wrapped__"))

# --- With wraps the identity is the function's
kind = polite(ask)
print(kind("Ada"))
print(kind.__name__, "-", kind.__doc__)

# --- The function itself is still there
print(kind.__wrapped__("Ada"))
print(kind.__wrapped__ is ask)

# --- update_wrapper is the same for a wrapper that exists already
greet = functools.update_wrapper(lambda name: "hello " + name, ask)
print(greet("Ada"), "-", greet.__name__)

# --- Stacked: one layer for each decorator
both = polite(polite(ask))
print(both("Ada"))
print(both.__wrapped__.__wrapped__("Ada"), "-", both.__name__)
