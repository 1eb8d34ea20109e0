# A context manager that measures how long its block takes
import time
from contextlib import contextmanager

# --- As a generator: the report is printed after the block, and after an error too
@contextmanager
def timer_block(label, clock):
    start = clock()
    try:
        yield
    finally:
        print(f"[{label}] {clock() - start:.3f} s")

# --- A clock that goes as it is told: what is printed is the same every day
class Clock:
    now = 100.0
    def sleep(self, seconds):
        self.now += seconds
    def __call__(self):
        return self.now

clock = Clock()
with timer_block("load", clock):
    clock.sleep(0.25)

# --- Blocks nest
with timer_block("outer", clock):
    clock.sleep(1)
    with timer_block("inner", clock):
        clock.sleep(0.5)

# --- The time is reported although the block fails
try:
    with timer_block("broken", clock):
        clock.sleep(2)
        raise RuntimeError("disk on fire")
except RuntimeError as e:
    print("caught", e)

# --- With the real clock only the facts are the same
start = time.perf_counter()
time.sleep(0.01)
print(time.perf_counter() - start >= 0.01)
