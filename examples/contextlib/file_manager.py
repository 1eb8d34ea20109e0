# The same manager of a file twice: as a class, and as a generator
import os
from contextlib import contextmanager

path = f"/tmp/amphis_file_manager_{os.getpid()}"

# --- As a class
class FileManager:
    def __init__(self, name, mode):
        self.name = name
        self.mode = mode

    def __enter__(self):
        self.file = open(self.name, self.mode)
        return self.file

    def __exit__(self, kind, error, traceback):
        self.file.close()
        print("closed:", self.file.closed)

with FileManager(path, "w") as f:
    print(f.write("Hello, world!\n"))

# --- As a generator
@contextmanager
def file_manager(name, mode):
    f = open(name, mode)
    try:
        yield f
    finally:
        f.close()
        print("closed:", f.closed)

with file_manager(path, "r") as f:
    print(f.read(), end="")

# --- The file is closed after an error, too
try:
    with file_manager(path, "r") as f:
        raise ValueError("in the middle")
except ValueError as e:
    print("caught", e)

# --- What open() returns is a context manager itself
with open(path) as f:
    print(f.readline(), end="")
os.remove(path)
