# errors: files that cannot be opened or written, and a file that is replaced in one step
import os
import tempfile

os.chdir(tempfile.mkdtemp())

# --- What open refuses
open("here.txt", "w").close()
for name, mode in [("missing.txt", "r"), ("here.txt", "x"), (".", "w"), ("here.txt/x", "r"), ("here.txt", "rw")]:
    try:
        open(name, mode)
    except (OSError, ValueError) as e:
        print(f"{type(e).__name__}: {e}")

# --- What a file refuses
f = open("here.txt")
try:
    f.write("x")
except OSError as e:
    print(f"{type(e).__name__}: {e}")
f.close()
try:
    f.read()
except ValueError as e:
    print(e)

# --- A full disk is told, at the latest when the file is closed
f = open("/dev/full", "w")
try:
    with f:
        f.write("a line\n")
except OSError as e:
    print(e, e.errno, f.closed)


# --- Replace a file in one step: at every moment there is a whole one
def save(name, text):
    with open(name + ".new", "w") as f:
        f.write(text)
        f.flush()
        os.fsync(f)
    os.replace(name + ".new", name)


save("here.txt", "new content\n")
print(open("here.txt").read(), os.path.exists("here.txt.new"), sep="")
try:
    os.replace("missing.txt", "here.txt")
except FileNotFoundError as e:
    print(e)
