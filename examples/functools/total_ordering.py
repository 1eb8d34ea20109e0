# total_ordering: the other comparisons from == and one of < <= > >=
from functools import total_ordering


# --- The class
@total_ordering
class Version:
    def __init__(self, text):
        self.parts = [int(part) for part in text.split(".")]

    def __eq__(self, other):
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts


# --- Two are written, six work
old, new = Version("3.9"), Version("3.11")
print(old < new, old <= new, old > new, old >= new, old == new, old != new)

# --- Equal values are neither less nor greater
same = Version("3.9")
print(old <= same, old >= same, old < same, old > same)

# --- So they sort, and have a smallest and a greatest
versions = [Version(text) for text in ("3.10", "2.7", "3.9")]
print([v.parts for v in sorted(versions)], max(versions).parts)

# --- Nothing to start from is an error
try:
    total_ordering(type("Unordered", (), {}))
except ValueError as error:
    print("refused:", error)
