# Generator expressions: a comprehension that is not stored
orders = [("pen", 3, 1.5), ("ink", 1, 8.0), ("pad", 10, 0.75)]

# --- Consumed as it is made
print(sum(count * price for _, count, price in orders))
print(max(len(name) for name, _, _ in orders))
print(any(price > 5 for _, _, price in orders))

# --- With a condition, and a second loop
print(sum(x * x for x in range(100) if x & 1 == 1))
print(sum(x * y for x in range(4) for y in range(x)))

# --- It waits to be asked
evens = (x for x in range(1_000_000_000) if x % 2 == 0)
print(next(evens), next(evens), next(evens))

# --- It is an iterator: what was read is gone
short = (name.upper() for name, count, _ in orders if count > 1)
print(next(short))
print(list(short), list(short))

# --- It draws on what others draw on too
numbers = iter(range(10))
squares = (x * x for x in numbers)
print(next(squares), next(numbers), next(squares))

# --- One feeds another
words = (line.strip() for line in ["  to be \n", "or not\n", "\n"])
lengths = (len(word) for word in words if word)
print(list(lengths))
