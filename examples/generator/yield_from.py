# yield from: one generator delegates to another

# --- In place of a loop that yields again
def walk(tree):
    if tree is None:
        return
    left, value, right = tree
    yield from walk(left)
    yield value
    yield from walk(right)

leaf = lambda value: (None, value, None)
print(list(walk((leaf(1), 2, (leaf(3), 4, leaf(5))))))

# --- What is sent reaches the innermost, and its return value comes back
def total():
    subtotal = 0
    while (sent := (yield subtotal)) is not None:
        subtotal += sent
    return f"total={subtotal}"

def report():
    result = yield from total()
    print("inner returned", result)
    return 7

g = report()
next(g)
print(g.send(10), g.send(5))
try:
    g.send(None)
except StopIteration as stop:
    print("outer returned", stop.value)

# --- Closing goes from the inside out
def inner():
    try:
        yield 1
    finally:
        print("inner is closed")

def outer():
    try:
        yield from inner()
    finally:
        print("outer is closed")

g = outer()
print(next(g))
g.close()
