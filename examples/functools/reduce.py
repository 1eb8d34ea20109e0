# reduce: many values to one
import operator
from functools import reduce

# --- From the left, from the first element or from an initial value
print(reduce(operator.mul, [1, 2, 3, 4]))
print(reduce(operator.sub, [10, 1, 2], 100))
print(reduce(operator.add, ["py", "thon"], ">"))

# --- One element, none
print(reduce(operator.add, [7]), reduce(operator.add, [], 0))
try:
    reduce(operator.add, [])
except TypeError as error:
    print("TypeError:", error)

# --- The accumulated value may be of another type
words = ["to", "be", "or", "not", "to", "be"]
print(reduce(lambda total, word: total + len(word), words, 0))
print(reduce(lambda sum, x: sum + x / 2, [1, 2, 3], 0))


# --- It may be a container that grows
def count(counts, word):
    counts[word] = counts.get(word, 0) + 1
    return counts


print(sorted(reduce(count, words, {}).items()))

# --- Often there is a plainer way
print(sum([1, 2, 3]), max([1, 3, 2]), ">" + "".join(["py", "thon"]))
