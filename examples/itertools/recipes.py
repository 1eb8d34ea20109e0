# recipes: what the documentation builds from itertools
import collections
from itertools import chain, combinations, count, cycle, filterfalse, groupby, islice, repeat, tee, zip_longest


def take(n, iterable):
    return list(islice(iterable, n))


def sliding_window(iterable, n):
    it = iter(iterable)
    window = collections.deque(islice(it, n - 1), maxlen=n)
    for x in it:
        window.append(x)
        yield tuple(window)


def partition(pred, iterable):
    t1, t2 = tee(iterable)
    return filterfalse(pred, t1), filter(pred, t2)


def powerset(iterable):
    s = list(iterable)
    return chain.from_iterable(combinations(s, r) for r in range(len(s) + 1))


def unique_everseen(iterable, key=lambda x: x):
    seen = set()
    for element in iterable:
        if (k := key(element)) not in seen:
            seen.add(k)
            yield element


def roundrobin(*iterables):
    left = [iter(it) for it in iterables]
    while left:
        for it in left[:]:
            try:
                yield next(it)
            except StopIteration:
                left.remove(it)


# --- Take some, skip some
print(take(4, count(1)), list(islice("ABCDEFG", 4, None)))

# --- Windows over a series
print(list(sliding_window("ABCDE", 3)))

# --- Two sides of a question, each lazy
evens, odds = partition(lambda x: x % 2, range(10))
print(list(evens), list(odds))

# --- All subsets, all different, all in turns
print(list(powerset([1, 2, 3])))
print(list(unique_everseen("AAAABBBCCDAABBB")), list(unique_everseen(["b", "A", "a"], str.lower)))
print(list(roundrobin("ABC", "D", "EF")))
