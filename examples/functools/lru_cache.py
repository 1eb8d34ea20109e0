# lru_cache: remember results, forget the least recently used
from functools import lru_cache

# --- A slow function, called again with the same arguments
@lru_cache(maxsize=2)
def area(radius):
    print("computing", radius)
    return 3 * radius * radius

for radius in (1.0, 2.0, 1.0, 3.0, 2.0):
    print(area(radius))
print(area.cache_info())

# --- Recursion: each number is computed once
@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

print(fib(90))
print(fib.cache_info())

# --- Any hashable arguments, by position and by keyword
@lru_cache
def greet(name, greeting="Hello"):
    return f"{greeting}, {name}!"

print(greet("Ada"), greet("Ada"), greet("Ada", greeting="Good morning"))
print(greet.cache_info())

# --- What raises is not remembered
@lru_cache
def root(x):
    if x < 0:
        raise ValueError("math domain error")
    return x ** 0.5

for x in (4.0, -1.0, -1.0):
    try:
        print(root(x))
    except ValueError as error:
        print("ValueError:", error)
print(root.cache_info())

# --- A limit chosen when running, and typed keys
def double(x):
    return x + x

doubled = lru_cache(maxsize=4, typed=True)(double)
doubled(3), doubled(3.0)
print(doubled.cache_info(), doubled.cache_parameters())
doubled.cache_clear()
print(doubled.cache_info().currsize, doubled.__wrapped__(21.0))
