# ExitStack: cleanups that are known only when the program runs
from contextlib import ExitStack, contextmanager

@contextmanager
def resource(name):
    print("open", name)
    yield name
    print("close", name)

# --- As many managers as there are names, left in reverse
names = ["a", "b", "c"]
with ExitStack() as stack:
    opened = [stack.enter_context(resource(name)) for name in names]
    print(opened)

# --- Callbacks, with their arguments
with ExitStack() as stack:
    for i in range(3):
        stack.callback(print, "callback", i)
    print("body")

# --- All or nothing: what was done is undone, unless everything worked
def build(steps):
    with ExitStack() as undo:
        for step in steps:
            if step == "bad":
                raise ValueError(step)
            print("do", step)
            undo.callback(print, "undo", step)
        undo.pop_all()
        print("done")

build(["one", "two"])
try:
    build(["one", "two", "bad"])
except ValueError as e:
    print("caught", repr(e))

# --- An error in a cleanup does not keep the others from running
def fail(text):
    raise RuntimeError(text)

try:
    with ExitStack() as stack:
        stack.callback(print, "still called")
        stack.callback(fail, "in a cleanup")
        raise KeyError("in the body")
except RuntimeError as e:
    print(repr(e), "while handling", repr(e.__context__))
