# snapshot: which line allocates most, and which lines grow
import tracemalloc


# --- A library that keeps too much
class Library:
    def __init__(self):
        self.pages = []
        self.log = []

    def read(self):
        page = bytes(10_000)  # a page
        self.pages.append(page)

    def note(self):
        entry = bytes(500)  # a note
        self.log.append(entry)


# --- What is printed of a line, in round numbers, is the same in both languages
def show(stat):
    text = stat.traceback.format()[-1]
    print(text.split("# ")[-1], stat.size // 10_000, stat.count // 10)


# --- Which lines allocated most?
tracemalloc.start()
library = Library()
for _ in range(100):
    library.read()
for _ in range(60):
    library.note()
before = tracemalloc.take_snapshot()
for stat in before.statistics("lineno")[:2]:
    show(stat)

# --- What has grown since then?
for _ in range(50):
    library.read()
del library.log[10:]
after = tracemalloc.take_snapshot()
for stat in after.compare_to(before, "lineno")[:2]:
    show(stat)
    print(stat.size_diff // 10_000, stat.count_diff // 10)

# --- How much is there now, and how much was there at most?
library.pages.clear()
current, peak = tracemalloc.get_traced_memory()
print(current < 100_000, peak > 1_500_000)
tracemalloc.stop()
print(tracemalloc.is_tracing(), tracemalloc.get_traced_memory())
