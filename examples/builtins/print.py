# print: any values, what stands between them, and where they go
import io

# --- Any number of values, of any type
print("pi is about", 3.14159, True, None)
print([1, 2.0, "three"], {"a": (1, 2)}, {3})
print()

# --- What stands between, and at the end
print(2024, 2, 29, sep="-")
print("no newline", end="; ")
print("then one")
print("a", "b", sep=None, end=None)

# --- Where it goes
memo = io.StringIO()
print("kept", 1, 2, file=memo, flush=True)
print(repr(memo.getvalue()))

# --- Text is text: characters, not bytes
word = "café"
print(word, len(word), repr(word.encode()))

# --- Formatted
name, ratio = "cache", 0.98765
print(f"{name:>8}|{ratio:.1%}|{1234567:,}")
