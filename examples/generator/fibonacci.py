# An infinite sequence, of which the consumer takes what it needs
from itertools import islice, takewhile


# --- The numbers never end
def fibonacci():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


# --- The first ten, the even ones below 1000, the first above a million
print(list(islice(fibonacci(), 10)))
print(list(x for x in takewhile(lambda x: x < 1000, fibonacci()) if x % 2 == 0))
print(next(x for x in fibonacci() if x > 1_000_000))

# --- Two consumers of one generator share it
numbers = fibonacci()
print(list(islice(numbers, 5)))
print(list(islice(numbers, 5)))
