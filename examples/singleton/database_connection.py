# database_connection: a thread-safe singleton
import threading
from threading import Lock

# --- A class with one instance
class SingletonMeta(type):
    _instances = {}
    _lock = Lock()

    def __call__(cls, *args, **kwargs):
        with cls._lock:
            if cls not in cls._instances:
                cls._instances[cls] = super().__call__(*args, **kwargs)
        return cls._instances[cls]

class DatabaseConnection(metaclass=SingletonMeta):
    def __init__(self, url):
        print("connecting to", url)
        self.url = url

# --- The first call constructs; later arguments are ignored
a = DatabaseConnection("db://one")
b = DatabaseConnection("db://two")
print(a is b, b.url)

# --- A constructor that raises lets the next call try again
class Cache(metaclass=SingletonMeta):
    def __init__(self, size):
        if size < 0:
            raise ValueError("size must not be negative")
        self.size = size

try:
    Cache(-1)
except ValueError as e:
    print("ValueError:", e)
print(Cache(16).size)
print(Cache(32).size)

# --- Many threads, one construction
class Counter(metaclass=SingletonMeta):
    def __init__(self):
        print("constructed once")

seen = set()
threads = [threading.Thread(target=lambda: seen.add(id(Counter()))) for _ in range(8)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(seen))
