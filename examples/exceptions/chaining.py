# Exceptions: one that was caused by another


def show(e):
    print(repr(e), "cause", repr(e.__cause__), "context", repr(e.__context__), e.__suppress_context__)


# --- raise ... from ... says what caused it
def read_port(settings):
    try:
        return int(settings["port"])
    except KeyError as e:
        raise RuntimeError("no port in the settings") from e


try:
    read_port({"host": "localhost"})
except RuntimeError as e:
    show(e)

# --- What was being handled is the context, without a word
try:
    try:
        raise KeyError("port")
    except KeyError:
        raise ValueError("while handling it")
except ValueError as e:
    show(e)

# --- from None hides it
try:
    try:
        raise KeyError("port")
    except KeyError:
        raise ValueError("the user need not know") from None
except ValueError as e:
    show(e)

# --- A chain can be walked down to where it began
try:
    try:
        read_port({})
    except RuntimeError as e:
        raise SystemExit("cannot start") from e
except SystemExit as e:
    error = e
    while error is not None:
        print(type(error).__name__, error)
        error = error.__cause__
