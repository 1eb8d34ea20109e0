# averager: a generator that is sent numbers, yields their mean and returns it

# --- What is sent is the value of yield
def averager():
    total, count, mean = 0.0, 0, 0.0
    try:
        while True:
            number = yield mean
            if number is None:
                return mean
            total += number
            count += 1
            mean = total / count
    finally:
        print("closed after", count)

# --- The first next runs to the yield, then it takes numbers
g = averager()
next(g)
print(g.send(10.0))
print(g.send(20.0))

# --- None ends it, and it returns
try:
    next(g)
except StopIteration as stop:
    print("returned", stop.value)

# --- close ends it where it waits
h = averager()
next(h)
h.send(1.5)
h.close()
print(next(h, "nothing more"))
