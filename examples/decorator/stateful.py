# Decorators with state: a class keeps it between the calls
import functools


# --- A class that counts
class CountCalls:
    def __init__(self, fn):
        functools.update_wrapper(self, fn)
        self.fn = fn
        self.calls = 0

    def __call__(self, *args):
        self.calls += 1
        return self.fn(*args)


# --- The decorated function is an object of the class
@CountCalls
def greet(name):
    return f"Hello, {name}"


print(greet("Ada"), greet("Grace"), sep="; ")
print(greet.calls, "calls of", greet.__name__)

# --- Each function has state of its own
square = CountCalls(lambda x: x * x)
print(square(3), square.calls, greet.calls)

# --- State counts calls that raise, too
@CountCalls
def divide(a, b):
    return a // b


try:
    divide(1, 0)
except ZeroDivisionError as error:
    print("ZeroDivisionError:", error)
print(divide.calls)

# --- State shared by functions: a registry
handlers = {}


def route(path):
    return lambda fn: handlers.setdefault(path, fn)


@route("/")
def index():
    return "the index"


@route("/about")
def about():
    return "who we are"


print(sorted(handlers), handlers["/about"](), index())
