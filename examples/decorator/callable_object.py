# __call__: objects that are called like functions


# --- A class whose objects can be called
class Polynomial:
    def __init__(self, *coefficients):
        self.coefficients = coefficients

    def __call__(self, x):
        result = 0
        for c in self.coefficients:
            result = result * x + c
        return result


# --- An object with parameters, called like a function
p = Polynomial(1, -3, 2)
print(p(0), p(1), p(5))
print(callable(p), callable(3))

# --- It goes wherever a function goes
print(list(map(p, range(5))))

# --- It keeps state between the calls
class Average:
    def __init__(self):
        self.count = 0
        self.total = 0.0

    def __call__(self, value):
        self.count += 1
        self.total += value
        return self.total / self.count


average = Average()
print(average(10), average(11), average(15), average.count)

# --- A closure does the same with less writing
def make_average():
    count, total = 0, 0.0

    def average(value):
        nonlocal count, total
        count += 1
        total += value
        return total / count

    return average


average = make_average()
print(average(10), average(11), average(15))
