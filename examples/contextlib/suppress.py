# suppress, nullcontext, closing, redirect_stdout: the small managers
import io
from contextlib import closing, nullcontext, redirect_stdout, suppress

# --- suppress: these exceptions, and those that derive from them, end the block
counts = {"a": 1}
with suppress(LookupError):
    print(counts["a"])
    print(counts["b"])
    print("never")

# --- Others go on
try:
    with suppress(LookupError, ZeroDivisionError):
        raise TypeError("not this one")
except TypeError as e:
    print("caught", e)

# --- closing: for what has close() and is no context manager
class Door:
    def close(self):
        print("closed")

with closing(Door()):
    print("open")

# --- nullcontext: where a manager is optional
def save(text, lock=None):
    with lock or nullcontext():
        print("saved", text)

save("x")

# --- redirect_stdout: what is printed goes elsewhere
out = io.StringIO()
with redirect_stdout(out):
    print("hidden")
print(repr(out.getvalue()))
