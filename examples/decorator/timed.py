# A decorator: log a call and measure its time, without touching the function
import functools
import time


# --- The decorator
def timed(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        start = time.perf_counter()
        try:
            return fn(*args, **kwargs)
        finally:
            seconds = time.perf_counter() - start
            print(f"{fn.__name__} took", "under" if seconds < 60 else "over", "a minute")

    return wrapper


# --- Decorated where it is defined
@timed
def total(values):
    """Add the values."""
    return sum(values)


print(total([1, 2, 3]))

# --- It is still the same function to its callers
print(total.__name__, "-", total.__doc__)
print(total.__wrapped__([1, 2]))

# --- The time is logged when the function raises, too
@timed
def parse(text):
    if not text.isdigit():
        raise ValueError("not a number: " + text)
    return int(text)


print(parse("42"))
try:
    parse("forty-two")
except ValueError as error:
    print("ValueError:", error)

# --- A decorator is a function, and can be called as one
print(timed(len)("four"))
