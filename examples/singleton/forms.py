# forms: one instance of each derived class, in each thread, in each context
import contextvars
import threading

class Config:
    @classmethod
    def instance(cls):
        if "_instance" not in cls.__dict__:
            cls._instance = cls()
        return cls._instance

class TestConfig(Config):
    pass

class Counter:
    _local = threading.local()

    @classmethod
    def instance(cls):
        if not hasattr(cls._local, "counter"):
            cls._local.counter = cls()
            cls._local.counter.count = 0
        return cls._local.counter

class Session:
    _current = contextvars.ContextVar("session", default=None)
    user = "nobody"

    @classmethod
    def instance(cls):
        if cls._current.get() is None:
            cls._current.set(cls())
        return cls._current.get()

# --- Each derived class has its own
print(TestConfig.instance() is Config.instance(), TestConfig.instance() is TestConfig.instance())

# --- Each thread has its own
def work():
    Counter.instance().count += 1
    print("in the thread", Counter.instance().count)

Counter.instance().count += 2
thread = threading.Thread(target=work)
thread.start()
thread.join()
print("here", Counter.instance().count)

# --- Each context has its own
def log_in(user):
    Session.instance().user = user

request = contextvars.Context()
request.run(log_in, "Ada")
print(request.run(lambda: Session.instance().user), Session.instance().user)
try:
    request.run(lambda: request.run(log_in, "Bob"))
except RuntimeError as e:
    print("RuntimeError:", str(e)[:20])
