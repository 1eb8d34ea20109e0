# List or tuple: what can change, and what can be a key
from collections.abc import Hashable

# --- A list can change
shopping = ["milk", "eggs"]
shopping.append("bread")
shopping[0] = "oat milk"
print(shopping, len(shopping))

# --- A tuple cannot
berlin = (52.5, 13.4)
try:
    berlin[0] = 0.0
except TypeError:
    print("a tuple does not support item assignment")
latitude, longitude = berlin
print(berlin, latitude, len(berlin))

# --- One element
print((1,), [1], ())

# --- What can change has no hash
print("list:", isinstance(shopping, Hashable), "tuple:", isinstance(berlin, Hashable))

# --- So a tuple can be a key
cities = {(52.5, 13.4): "Berlin", (48.9, 2.4): "Paris"}
print(cities[berlin])
print(hash((1, 2)) == hash((1.0, 2.0)))

# --- A tuple is only as constant as what it holds
pair = (1, [2])
pair[1].append(3)
print(pair)
