# files: writing, reading by lines, appending, changing, and bytes
import os
import tempfile

os.chdir(tempfile.mkdtemp())

# --- Write, and read it again
with open("notes.txt", "w") as f:
    print(f.write("first line\n"), f.tell())
    print("second", 2, sep=" line ", file=f)
    f.writelines(["third\n", "fourth\n"])
with open("notes.txt") as f:
    for number, line in enumerate(f, 1):
        print(number, line, end="")

# --- Append, and go to a place in it
with open("notes.txt", "a+") as f:
    f.write("fifth\n")
    f.seek(0)
    print(repr(f.readline()), f.tell(), len(f.readlines()))

# --- Change it in place
with open("notes.txt", "r+") as f:
    f.write("FIRST")
    f.seek(11)
    print(repr(f.read(6)), f.truncate(f.tell()), f.closed)
print(f.closed, os.path.getsize("notes.txt"))

# --- Bytes
with open("data.bin", "wb") as f:
    print(f.write(b"\x89PNG\r\n\xff"))
with open("data.bin", "rb") as f:
    print(f.read(4), f.seek(-1, 2), f.read())
