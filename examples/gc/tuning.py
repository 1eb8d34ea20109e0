# Tuning the collector: thresholds, counts, statistics, callbacks, freezing
import gc


class Node:
    alive = most = 0
    def __init__(self):
        self.me = self  # garbage as soon as its name goes
        Node.alive += 1
        Node.most = max(Node.most, Node.alive)

    def __del__(self):
        Node.alive -= 1


def make(n):
    for _ in range(n):
        Node()


# --- When a collection comes by itself
print(gc.isenabled(), gc.get_threshold())
gc.collect()
gc.set_threshold(100, 5, 5)
make(1000)
print(Node.most > 50, Node.most < 300)
gc.set_threshold(0)  # never
make(1000)
print(Node.alive >= 1000, gc.get_threshold())
gc.disable()

# --- How many collections of the younger generation there were
gc.collect()
gc.collect(0)
gc.collect(0)
print(gc.get_count()[1:])
gc.collect(1)
print(gc.get_count()[1:])

# --- Statistics of each generation
before = gc.get_stats()[2]["collected"]
make(3)
gc.collect()
print(gc.get_stats()[2]["collected"] - before)

# --- Callbacks before and after
def tell(phase, info):
    print(phase, info["generation"], info["collected"])

gc.callbacks.append(tell)
make(2)
gc.collect()
gc.callbacks.remove(tell)

# --- What is frozen is left out
make(4)
gc.freeze()
print(gc.get_freeze_count() >= 4, gc.collect())
gc.unfreeze()
print(gc.get_freeze_count(), gc.collect())
