# singleton: one instance of a class, of each derived class, and of a class one does not own
import atexit

class Singleton:
    def __new__(cls):
        if "_instance" not in cls.__dict__:
            cls._instance = super().__new__(cls)
            cls._instance.start()
            atexit.register(cls._instance.stop)  # the last one first
        return cls._instance

    def start(self): pass
    def stop(self): pass

# --- A class with one instance
class Config(Singleton):
    verbosity = 0

Config().verbosity = 2
print(Config().verbosity, Config() is Config())

# --- Each derived class has an instance of its own
class TestConfig(Config):
    pass

print(TestConfig() is Config(), TestConfig() is TestConfig())

# --- Of a class one does not own
primes = None

def the_primes():
    global primes
    if primes is None:
        primes = [2, 3, 5]
    return primes

the_primes().append(7)
print(the_primes())

# --- Tear-down at exit, in the reverse order of completion
class Files(Singleton):
    def stop(self): print("files closed")

class Database(Singleton):
    def start(self): Files()  # needs the files, which are complete first
    def stop(self): print("database closed")

Database()
print("the program ends")
