# string_io: files in memory
import io

# --- What is printed into it stays there
memo = io.StringIO()
print("x =", 3, file=memo)
memo.write("caf\u00e9\n")
print(repr(memo.getvalue()), memo.tell())

# --- It is read as any file
memo.seek(0)
print(repr(memo.readline()), repr(memo.read(2)), repr(memo.read()), repr(memo.read()))
for line in io.StringIO("one\ntwo\n"):
    print("-", line, end="")

# --- Writing in the middle, and beyond the end
text = io.StringIO("h\u00e9llo")
text.seek(1)
text.write("EL")
print(text.getvalue(), text.tell())
text.seek(7)
text.write("!")
print(repr(text.getvalue()))
print(text.truncate(3), repr(text.getvalue()))

# --- Newlines
dos = io.StringIO("a\nb\n", newline="\r\n")
print(dos.readlines())

# --- Bytes
data = io.BytesIO(b"\x00\x01\x02\x03")
print(data.read(2), data.seek(-1, 2), data.write(b"\xff\xfe"), data.getvalue())

# --- Closed
memo.close()
try:
    memo.write("x")
except ValueError as e:
    print(e)
