# cmp_to_key: sort by a function that compares two
from functools import cmp_to_key


# --- Two comparisons
def compare_lengths(a, b):
    return len(a) - len(b)


def compare_joined(a, b):
    """Which order of the two makes the greater number?"""
    return (b + a > a + b) - (b + a < a + b)


# --- Negative is less, positive is greater, zero is equal
words = ["pear", "fig", "banana", "apple"]
print(sorted(words, key=cmp_to_key(compare_lengths)))

# --- An order that no single word has as a key
numbers = ["3", "30", "34", "5", "9"]
print("".join(sorted(numbers, key=cmp_to_key(compare_joined))))

# --- The key objects compare, and keep their object
key = cmp_to_key(compare_lengths)
print(key("fig") < key("kiwi"), key("pear") == key("kiwi"), key("banana") >= key("fig"))
print(key("pear").obj)

# --- The greatest by a comparison
print(max(words, key=key))
