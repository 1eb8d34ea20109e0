# Keyword arguments: named at the call, with defaults, positional-only and keyword-only


# --- Two functions
def rectangle(width, height=1, /, *, border="-", title=""):
    """Draw the top of a box."""
    return f"{border * width}{title}{border * width} x{height}"


def connect(host, port=80, secure=False):
    return f"{host}:{port}" + (" (secure)" if secure else "")


# --- By position, by keyword, or both
print(connect("example.org", 8080, True))
print(connect("example.org", secure=True))
print(connect(port=443, secure=True, host="example.org"))

# --- Before / only by position, after * only by keyword
print(rectangle(3, title="box", border="="))
print(rectangle(2, 5))

# --- A function knows its parameters
for name in rectangle.__code__.co_varnames:
    print(name, end=" ")
print(rectangle.__name__, "-", rectangle.__doc__)


# --- A default is made once, and shared by the calls
def append(item, to=[]):
    to.append(item)
    return to


append(1)
print(append(2))
print(append(3, [0]))
