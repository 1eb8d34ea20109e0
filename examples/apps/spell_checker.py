# A spell checker after Norvig: learn words from one text, correct those of another
import functools
import re
import string
import sys
from collections import Counter


def words(text):
    return re.findall("[a-z]+", text.lower())


# --- learn
with open(sys.argv[1], encoding="utf-8") as book:
    counts = Counter(words(book.read()))
print("{} different words, {} in all".format(len(counts), sum(counts.values())))


# --- candidates
def edits(word):  # all texts one edit away: a letter missing, swapped, replaced or too many
    for i in range(len(word) + 1):
        left, right = word[:i], word[i:]
        if right:
            yield left + right[1:]
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        for letter in string.ascii_lowercase:
            if right:
                yield left + letter + right[1:]
            yield left + letter + right


def best(candidates):  # the most frequent; of equally frequent ones the last in the alphabet
    return max(((counts[w], w) for w in candidates if w in counts), default=(0, ""))[1]


@functools.lru_cache(maxsize=4096)
def correction(word):
    return (best([word]) or best(edits(word))
            or best(twice for once in edits(word) for twice in edits(once)) or word)


# --- correct
for line in sys.stdin:
    print(*map(correction, words(line)))

# --- what the cache saved
print(correction.cache_info())
