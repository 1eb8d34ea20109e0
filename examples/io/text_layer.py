# text_layer: encodings, what is done about bytes that are no text, and newlines
import os
import tempfile

os.chdir(tempfile.mkdtemp())


def put(data):
    with open("x.txt", "wb") as f:
        f.write(data)


# --- A character is not a byte
with open("x.txt", "w", encoding="utf-8") as f:
    print(f.write("na\u00efve caf\u00e9"), os.path.exists("x.txt"))
print(os.path.getsize("x.txt"))
with open("x.txt", encoding="utf-8") as f:
    print(f.read(3), f.tell(), f.read())

# --- Other encodings
put(b"caf\xe9")
print(open("x.txt", encoding="latin-1").read())
with open("x.txt", "w", encoding="ascii", errors="backslashreplace") as f:
    f.write("5 \u20ac")
print(open("x.txt").read())

# --- Bytes that are no text
put(b"caf\xe9!")
for errors in ["ignore", "replace", "backslashreplace"]:
    print(open("x.txt", errors=errors).read())
try:
    open("x.txt").read()
except UnicodeDecodeError as e:
    print(e)

# --- Newlines
put(b"dos\r\nunix\nmac\r")
for newline in [None, "", "\n"]:
    with open("x.txt", newline=newline) as f:
        print(f.readlines(), f.newlines)
with open("x.txt", "w", newline="\r\n") as f:
    f.write("one\ntwo\n")
print(open("x.txt", "rb").read())
