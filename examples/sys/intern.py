# sys.intern: one object for all texts that are equal, so that == can be is
from sys import intern


def word(*parts):  # made when the program runs: a constant would be interned by the compiler
    return "".join(parts)


# --- Equal texts are two objects, and interned they are one
a, b = word("col", "or"), word("co", "lor")
print(a == b, a is b)
print(intern(a) is intern(b))

# --- What is interned comes back as it is
color = intern("color")
print(intern(color) is color, intern(a) is color)

# --- It is a text like any other
print(color, repr(color), len(color), color + "s", color < "colour", color == a)
print(hash(color) == hash(a))

# --- A column of a table: a thousand cells, two texts
lines = [f"{'green' if i % 3 else 'red'},{i}" for i in range(1000)]
cells = [line.split(",")[0] for line in lines]
print(len(cells), len(set(map(id, cells))))
cells = [intern(cell) for cell in cells]
print(len(cells), len(set(map(id, cells))))

# --- Keys that are found by their identity
count = dict.fromkeys(cells, 0)
for cell in cells:
    count[cell] += 1
print(count[intern("red")], count[intern("green")])
