# private heap: below the counts and the collector, who gives small objects their memory
import sys


# --- A bytes object of n bytes takes 33 more: the block that it gets
def block(n):
    return id(bytes(n - 33))  # the object dies at once, and its block is free again


# --- The block that was freed last is the next one of its size class
print(block(93) == block(93))

# --- Size classes are 16 bytes apart: 81 to 96 bytes are one class
print(block(93) == block(96), block(93) == block(81))
print(block(93) == block(80))

# --- How many blocks are in use
before = sys.getallocatedblocks()
many = [bytes(60) for _ in range(1000)]
print(sys.getallocatedblocks() - before >= 1000)
del many
print(sys.getallocatedblocks() - before < 10)
