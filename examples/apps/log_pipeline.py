# A web access log of any size: read lazily, reported in constant memory
import os
import sys
from collections import Counter


# --- A log in the common format, the same each time
def generate(count):
    seed = 1

    def below(limit):
        nonlocal seed
        seed = (seed * 1103515245 + 12345) % 2**31
        return (seed >> 8) % limit

    for i in range(count):
        host, page, status = below(200), below(50), (200, 200, 200, 304, 404, 500)[below(6)]
        minute, second, size = below(60), below(60), below(100_000)
        yield (f"10.0.7.{host} - - [20/Nov/2026:{i * 24 // count:02}:{minute:02}:{second:02} +0000] "
               f'"GET /page/{page}/index.html HTTP/1.1" {status} {size}\n')


# --- The stages
def parse(lines):
    for line in lines:
        host, _, _, time, _, _, path, _, status, size = line.split()
        yield host, int(time[13:15]), path, int(status), int(size)


def successes(records):
    return (record for record in records if record[3] < 400)


def top(counts, n):
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:n]


# --- Write it, read it, count
path = os.path.join(sys.argv[2], f"amphis_access_{os.getpid()}.log")
with open(path, "w") as log:
    log.writelines(generate(int(sys.argv[1])))
hosts, pages, hours = Counter(), Counter(), Counter()
with open(path) as log:
    for host, hour, page, status, size in successes(parse(log)):
        hosts[host] += 1
        pages[page] += 1
        hours[hour] += size
os.remove(path)

# --- The report
for name, counts in (("hosts", hosts), ("pages", pages)):
    print("top", name, top(counts, 3))
print("bytes an hour", [hours[hour] for hour in range(24)])
