# lazy attributes: computed at each read, or once
from functools import cached_property


# --- Nothing is computed when the object is made
class Report:
    def __init__(self, lines):
        self.lines = lines

    @property
    def total(self):
        print("adding up")
        return sum(self.lines)

    @cached_property
    def longest(self):
        print("looking for the longest")
        return max(self.lines)


r = Report([3, 1, 2])

# --- A property computes at each read, and is never out of date
print(r.total)
r.lines.append(4)
print(r.total)

# --- A cached_property computes once, and keeps what it found
print(r.longest)
r.lines.append(9)
print(r.longest)
del r.longest
print(r.longest)
