# grouping: runs, batches and neighbours
from itertools import accumulate, chain, groupby, islice, pairwise, tee, zip_longest

# --- Runs of equal elements
print([(letter, len(list(run))) for letter, run in groupby("AAABBBCCDA")])

# --- Group records by a key: sort them by it first
orders = [("ann", 30), ("bob", 5), ("ann", 12), ("bob", 7)]
by_name = lambda order: order[0]
for name, group in groupby(sorted(orders, key=by_name), key=by_name):
    print(name, sum(amount for _, amount in group))


# --- Batches (itertools.batched since Python 3.12)
def batched(iterable, n):
    it = iter(iterable)
    while batch := tuple(islice(it, n)):
        yield batch


print(list(batched("ABCDEFG", 3)))

# --- Neighbours and running totals
temperatures = [12, 15, 11, 14]
print([b - a for a, b in pairwise(temperatures)])
print(list(accumulate(temperatures)), list(accumulate(temperatures, max)))
print(list(accumulate([5, 7], initial=100)))

# --- One after the other, side by side
print(list(chain("AB", "CD")), list(chain.from_iterable([[1, 2], [], [3]])))
print(list(zip_longest("ABC", "x", fillvalue="-")), list(zip_longest("AB", "x")))

# --- Read a source once, use it twice
readings = (n * n for n in range(5))
values, later = tee(readings)
next(later)
print([b - a for a, b in zip(values, later)])

# --- A group is gone once the next one is asked for
groups = groupby("AAB")
first, second = next(groups), next(groups)
print(first[0], list(first[1]), second[0], list(second[1]))
