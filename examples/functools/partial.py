# partial: a function with some of its arguments already given
from functools import partial, partialmethod


# --- A class, some of whose methods are others with arguments
class Cell:
    def __init__(self):
        self.alive = False

    def set_state(self, state):
        self.alive = state

    set_alive = partialmethod(set_state, True)
    set_dead = partialmethod(set_state, False)


# --- A function of two parameters
def power(base, exponent):
    return base**exponent


# --- By position and by keyword
powers_of_two = partial(power, 2)
square = partial(power, exponent=2)
print(powers_of_two(10), square(5))

# --- A keyword given later takes precedence
print(square(5, exponent=3), square(base=4))

# --- It knows what it is made of
print(square.func(3, 2), square.args, square.keywords)
print(powers_of_two.args)

# --- A partial of a partial is one partial
kilo = partial(powers_of_two, 10)
print(kilo(), kilo.args, kilo.func is power)

# --- For functions that are not yours: print with another separator
csv = partial(print, "row", sep=", ")
csv(1, 2, 3)
csv(1, 2, sep=";")


# --- Methods with arguments given
cell = Cell()
Cell.set_alive(cell)
print(cell.alive)
Cell.set_dead(cell)
print(cell.alive)
