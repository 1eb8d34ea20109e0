# combinatorics: every pair, every order, every choice
from itertools import combinations, combinations_with_replacement, permutations, product

# --- Pairs, without repetition and with
print(list(combinations("ABCD", 2)))
print(list(combinations_with_replacement("AB", 2)))

# --- Orders
print(list(permutations("ABC", 2)))
print([" ".join(order) for order in permutations(["to", "be", "or"])])

# --- One of each: loops in loops
for size, topping in product(["small", "large"], ["ham", "tuna"]):
    print(size, topping)
print(list(product([0, 1], repeat=2)))

# --- By place, not by value; nothing from nothing
print(list(combinations("AAB", 2)))
print(list(combinations("AB", 3)), list(permutations([])), list(product()))

# --- How many
print(sum(1 for _ in combinations(range(10), 3)), len(list(permutations(range(5)))))

# --- Search: the first triple that sums to zero
numbers = [-25, -10, -7, -3, 2, 4, 8, 10]
print(next(triple for triple in combinations(numbers, 3) if sum(triple) == 0))

# --- Bad input
for choose in combinations, permutations:
    try:
        choose("AB", -1)
    except ValueError as error:
        print("ValueError:", error)
