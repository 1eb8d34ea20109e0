# Exceptions: several at once, each handled by who can

# --- Every check runs, and all that failed is raised as one
def check(port, name):
    errors = []
    if port < 1024:
        errors.append(ValueError(f"port {port} is reserved"))
    if not name:
        errors.append(KeyError("name"))
    if port == 22:
        errors.append(OSError("port 22 is taken"))
    if errors:
        raise ExceptionGroup("bad settings", errors)


try:
    check(80, "")
except ExceptionGroup as eg:
    print(eg)
    for e in eg.exceptions:
        print(" ", repr(e))

# --- except* takes its part; what nobody takes is raised
try:
    try:
        check(22, "")
    except* ValueError as eg:
        print("values:", eg.exceptions)
    except* (KeyError, IndexError) as eg:
        print("lookups:", eg.exceptions)
except ExceptionGroup as eg:
    print("left:", repr(eg))

# --- split and subgroup keep the shape of groups within groups
group = ExceptionGroup("all", [ValueError(1), ExceptionGroup("inner", [TypeError(2), ValueError(3)])])
match, rest = group.split(ValueError)
print(match.message, match.exceptions)
print(repr(rest))
print(group.subgroup(KeyError), repr(group.subgroup(lambda e: str(e) == "3")))


# --- A group of your own stays what it is when it is split
class Failures(ExceptionGroup):
    def derive(self, excs):
        return Failures(self.message, excs)


print(repr(Failures("two", [ValueError(1), TypeError(2)]).subgroup(TypeError)))
