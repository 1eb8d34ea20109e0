# leak hunt: objects that nobody meant to keep, found by counting them and asking who refers to them
import gc


# --- A server that keeps a session for each request
class Session:
    def __init__(self, user):
        self.user = user


class Server:
    def __init__(self):
        self.sessions = {}

    def handle(self, user):
        self.sessions[user] = Session(user)


# --- What grows?
def how_many(cls):
    return sum(type(o) is cls for o in gc.get_objects())


server = Server()
before = how_many(Session)
for i in range(100):
    server.handle(f"user{i}")
gc.collect()  # not what a cycle kept
print("Session", how_many(Session) - before)

# --- Who refers to one of them?
session = next(o for o in gc.get_objects() if type(o) is Session and o.user == "user7")
(holder,) = [r for r in gc.get_referrers(session) if type(r) is dict and "user7" in r]
(owner,) = [r for r in gc.get_referrers(holder) if type(r) is Server]
print(type(owner).__name__, owner is server)

# --- The leak is mended, and the count says so
server.sessions.clear()
del session, holder
print("Session", how_many(Session) - before)
