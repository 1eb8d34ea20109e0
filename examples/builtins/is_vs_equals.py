# == or is: the same value, or the same object
# --- Two lists with one value, and a second name for one of them
a = [1, 2]
b = [1, 2]
c = a
print(a == b, a is b, a is c)
c.append(3)
print(a == b, len(a))


# --- A class says what == means, and nobody what is means
class Money:
    def __init__(self, cents):
        self.cents = cents

    def __eq__(self, other):
        return self.cents == other.cents


price = Money(500)
paid = Money(500)
print(price == paid, price is paid)


# --- So None is compared by is: == may answer anything
class Anything:
    def __eq__(self, other):
        return True


thing = Anything()
print(thing == None, thing is None)

# --- Why n is 256 seems to work: CPython keeps one object for each integer from -5 to 256
print(int("256") == int("256"), int("256") is int("256"))
print(int("257") == int("257"), int("257") is int("257"))

# --- Not equal to itself, and yet in the list: containers ask for the identity first
nan = float("nan")
print(nan == nan, nan is nan)
print(nan in [nan], [nan] == [nan], float("nan") in [nan])
print(any(x == nan for x in [nan]))

# --- Text that was made is another object than the constant that it equals
word = "amphis"
made = "".join(["amp", "his"])
print(made == word, made is word)
