# traceback: exceptions as Python prints them
import sys
import traceback

# --- What is being handled, with what caused it
try:
    try:
        raise KeyError("port")
    except KeyError as e:
        raise RuntimeError("bad settings") from e
except RuntimeError as e:
    traceback.print_exc(limit=0, file=sys.stdout)
    print("---")
    traceback.print_exception(e, chain=False, limit=0, file=sys.stdout)

# --- A note is for whoever reads the traceback
error = ValueError("no such user")
error.add_note("while importing users.csv, line 17")
print("".join(traceback.format_exception_only(error)), end="")

# --- The exceptions of a group, side by side
try:
    raise ExceptionGroup("2 of 3 failed", [error, ExceptionGroup("in a thread", [OSError("disk full")])])
except ExceptionGroup:
    print(traceback.format_exc(limit=0), end="")

# --- Outside of a handler there is nothing to print
print(repr(traceback.format_exc()))
