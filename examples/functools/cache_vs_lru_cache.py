# cache or lru_cache: a memory without a limit, or with one
from functools import cache, lru_cache

# --- cache keeps everything: right when the arguments are few
@cache
def factorial(n):
    return n * factorial(n - 1) if n else 1

print(factorial(10))
print(factorial.cache_info())
print(factorial(12))
print(factorial.cache_info())

# --- It is lru_cache without a limit
unlimited = lru_cache(maxsize=None)(factorial.__wrapped__)
print(unlimited.cache_parameters() == factorial.cache_parameters())

# --- With arguments that never end, cache never stops growing
@cache
def greedy(n):
    return n % 7

@lru_cache(maxsize=100)
def modest(n):
    return n % 7

for n in range(10_000):
    greedy(n), modest(n)
print(greedy.cache_info().currsize, modest.cache_info().currsize)

# --- What is used stays: five hot keys among thousands of cold ones
modest.cache_clear()
for n in range(10_000):
    modest(n % 5), modest(1_000 + n)
print(modest.cache_info())

# --- A loop just longer than the limit finds nothing
looped = lru_cache(maxsize=3)(lambda n: n)
for n in (1, 2, 3, 4) * 3:
    looped(n)
print(looped.cache_info())

# --- Without a limit, clear it when its work is done
greedy.cache_clear()
print(greedy.cache_info())
