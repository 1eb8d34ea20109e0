# The iteration protocol: iter() and next(), and what a class gives to be iterated
class Countdown:
    def __init__(self, left):
        self.left = left

    def __iter__(self):
        return self

    def __next__(self):
        if self.left == 0:
            raise StopIteration
        self.left -= 1
        return self.left + 1


class Deck:
    def __init__(self, *cards):
        self.cards = cards

    def __iter__(self):
        return iter(self.cards)


# --- An iterator gives one element after the other
letters = iter("abc")
print(next(letters), next(letters))
for letter in letters:  # goes on where next() stopped
    print("rest:", letter)

# --- At the end it raises StopIteration, or gives the default
try:
    next(letters)
except StopIteration:
    print("exhausted")
print(next(letters, "-"), next(letters, None))

# --- A class with next is an iterator
print(list(Countdown(3)), sum(Countdown(4)), list(zip(Countdown(2), "xy")))
launch = Countdown(5)
print(max(launch), list(launch))  # it can be iterated once

# --- A class with iter is iterable, again and again
deck = Deck("ace", "king")
for card in deck:
    print(card)
print(list(deck), "king" in deck)

# --- Until a sentinel
lines = iter(["to be", "or not", "", "never read"])
for line in iter(lambda: next(lines), ""):
    print(line)
