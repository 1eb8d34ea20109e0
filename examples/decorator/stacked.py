# Stacked decorators: the nearest to the function is applied first and runs innermost
import functools


# --- A decorator that leaves a mark
def tagged(tag):
    def decorator(fn):
        print("apply", tag)

        @functools.wraps(fn)
        def wrapper(*args):
            return f"<{tag}>" + fn(*args) + f"</{tag}>"

        return wrapper

    return decorator


# --- Applied from the bottom up
@tagged("b")
@tagged("i")
def text(s):
    return s


# --- Run from the top down
print(text("words"))

# --- The @ lines are calls, one inside the other
same = tagged("b")(tagged("i")(lambda s: s))
print(same("words"))

# --- The order matters
print(tagged("i")(tagged("b")(lambda s: s))("words"))

# --- A stack has a name when it is needed twice
def strong(fn):
    return tagged("p")(tagged("b")(fn))


@strong
def title(s):
    return s.title()


print(title("stacked decorators"))
print(title.__wrapped__.__wrapped__("peeled"))
