# A pipeline of generators over a log: lazily, a line at a time
import io

LOG = """\
10.0.0.1 GET /index.html 200 512
10.0.0.2 GET /missing 404 0
not a log line
10.0.0.1 POST /form 500 64
10.0.0.3 GET /big.iso 200 700000
"""

# --- Each stage takes an iterable and yields
def lines(stream):
    for line in stream:
        print("  read", line.split()[0])
        yield line

def records(source):
    for line in source:
        fields = line.split()
        if len(fields) == 5:
            yield fields[0], fields[2], int(fields[3]), int(fields[4])

def errors(source):
    for host, path, status, size in source:
        if status >= 400:
            yield host, path, status

# --- Nothing is read before it is asked for
pipeline = errors(records(lines(io.StringIO(LOG))))
print("built")
print(next(pipeline))
for error in pipeline:
    print(error)

# --- A sum of one column, in constant memory
print(sum(size for _, _, _, size in records(lines(io.StringIO(LOG)))))
