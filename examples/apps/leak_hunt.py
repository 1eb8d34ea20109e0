# A server that has more to do each day: what grows, who keeps it, which cycle it is in; and the mend, two weak references
import gc
import sys
from collections import Counter
from dataclasses import fields, is_dataclass, make_dataclass
from weakref import ref

# --- A visitor has a session with a cart, and a handler that gets the news; then the visitor leaves
options = {"eq": False, "slots": True, "weakref_slot": True}
Cart = make_dataclass("Cart", ["session"], **options)
Handler = make_dataclass("Handler", ["session"], **options)
Session = make_dataclass("Session", ["user", "server", "cart"], **options)
Server = make_dataclass("Server", ["sessions", "handlers"], **options)


def visit(server, user, mode):
    session = server.sessions[user] = Session(user, server, None)
    session.cart = Cart(ref(session) if "weak carts" in mode else session)
    server.handlers["news"].append(Handler(ref(session) if "weak handlers" in mode else session))
    return server.sessions.pop(user)


# --- The tools: what there is of each class, and the shortest path of references by the names of the fields
def count():
    gc.collect()
    return Counter(type(o).__name__ for o in gc.get_objects() if is_dataclass(type(o)))


def edges(name, value):
    parts = value.items() if type(value) is dict else enumerate(value) if type(value) is list else ()
    return [(name, value)] * is_dataclass(value) + [e for key, part in parts for e in edges(f"{name}[{key!r}]", part)]


def path(start, end):
    known = [(start, [])]
    for at, way in known:
        for name, to in (e for f in fields(at) for e in edges(f"{type(at).__name__}.{f.name}", getattr(at, f.name))):
            if to is end:
                return " -> ".join([*way, name, type(end).__name__])
            if all(to is not other for other, _ in known):
                known.append((to, [*way, name]))


# --- Three days of a hundred visitors, a collection at the end of each, and the news
gc.disable()
for mode in sys.argv[1:]:
    server, guest = Server({}, {"news": []}), None
    before = count()
    print(f"{mode}:")
    for day in range(1, 4):
        for i in range(100):
            visit(server, f"visitor {i}", mode)
        freed = gc.collect()
        server.handlers["news"] = [h for h in server.handlers["news"] if type(h.session) is not ref or h.session()]
        print(f"  day {day}: {freed} objects freed from cycles, news to {len(server.handlers['news'])} who have left")
    now = count()
    print("  growth:", [(name, now[name], more) for name, more in sorted((now - before).items())])
    guest = visit(server, "guest", mode)
    print("  a guest is kept by:", path(server, guest))
    print("  and is in a cycle:", path(guest, guest))
