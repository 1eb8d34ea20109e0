# infinite: count, cycle and repeat never end; islice, takewhile and zip end them
from itertools import count, cycle, islice, repeat, takewhile

# --- Count from a start, by a step
print(list(islice(count(10), 5)))
print(list(islice(count(10, -3), 5)))
print(list(islice(count(0.5, 0.25), 3)))

# --- An iterator remembers where it is
ticket = count(start=100, step=5)
print(next(ticket), next(ticket), next(ticket))

# --- Number what has no numbers
for n, word in zip(count(1), ["spam", "eggs"]):
    print(n, word)

# --- Again and again
lights = cycle(["green", "yellow", "red"])
print([next(lights) for _ in range(5)])
print(list(cycle([])))

# --- The same object, for ever or a few times
print(list(map(pow, range(5), repeat(2))))
print(list(repeat("ha", 3)), list(repeat("ha", -1)))

# --- Until a condition fails
squares = (n * n for n in count(1))
print(list(takewhile(lambda x: x < 50, squares)))
print(next(squares))  # 64 was taken to see that it fails

# --- What a slice cannot be
try:
    islice(count(), -1)
except ValueError as error:
    print("ValueError:", error)
