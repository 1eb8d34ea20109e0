# Comprehensions: lists, sets and dicts written as what is in them
numbers = [3, 1, 4, 1, 5, 9, 2, 6]
words = ["apple", "fig", "banana"]


def even(x):
    return x % 2 == 0


# --- A list: an expression, a loop, a condition
print([x * x for x in numbers])
print([x * x for x in numbers if even(x)])
print([x for x in numbers if x > 3])

# --- Two loops: the later is the inner one
print([(x, c) for x in range(2) for c in "ab"])
print([(x, y) for x in numbers for y in numbers if x < y and x + y == 10])

# --- A loop over what an outer loop gives
matrix = [[1, 2, 3], [4, 5, 6]]
print([x for row in matrix for x in row])
print([y for x in range(4) for y in range(x)])

# --- A list of lists: the transpose
print([[row[i] for row in matrix] for i in range(3)])

# --- Items of a pair
ages = {"Ada": 36, "Bob": 41}
print([f"{name} is {age}" for name, age in ages.items() if age > 40])
print([i for i, x in enumerate(numbers) if x == 1])

# --- A set and a dict
print(sorted({x % 3 for x in numbers}))
lengths = {word: len(word) for word in words if len(word) > 3}
print(lengths["apple"], lengths["banana"], "fig" in lengths)
swapped = {age: name for name, age in ages.items()}
print(swapped[41])
