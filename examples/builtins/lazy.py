# Lazy evaluation: nothing is computed before it is asked for
def square(x):
    print("square", x)
    return x * x


# --- Map computes an element when it is asked for
squares = map(square, [1, 2, 3])
print("nothing yet")
print(next(squares))

# --- Filter asks map, and stops at the first that will do
big = filter(lambda x: x > 3, map(square, range(10)))
print("first:", next(big))

# --- Any stops at the first true one, all at the first false one
print(any(square(x) > 1 for x in range(10)))
print(all(x < 4 for x in map(square, range(10))))

# --- Zip stops at the shortest, so one of them may be without end
names = ["Ada", "Bob"]
for number, name in enumerate(names, 1):
    print(number, name)
print(list(zip(names, range(10**9))))

# --- A range holds no numbers, only where they begin and end
million = range(0, 10**6, 7)
print(len(million), million[-1], 700 in million, million[10:13])

# --- Slices and reversals of a sequence
values = [0, 1, 2, 3, 4, 5]
print(values[1:-1], values[::-2], list(reversed(values)))
