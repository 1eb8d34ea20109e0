# A generator and an ordinary function: all at once, or one at a time

# --- A function returns once, with everything
def squares_list(n):
    result = []
    for i in range(n):
        print("computing", i)
        result.append(i * i)
    return result

# --- A generator yields each value when it is asked for
def squares(n):
    for i in range(n):
        print("computing", i)
        yield i * i

# --- First all are computed
for x in squares_list(3):
    print("got", x)

# --- Here one is computed, then used
for x in squares(3):
    print("got", x)

# --- It stops where the consumer stops
for x in squares(1_000_000):
    if x > 3:
        break
    print("got", x)

# --- By hand, with next
g = squares(1)
print(next(g))
try:
    next(g)
except StopIteration:
    print("nothing left")
print(next(g, "default"))
