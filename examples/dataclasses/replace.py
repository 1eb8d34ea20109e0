# dataclasses.replace: a changed copy of what does not change
from dataclasses import dataclass, field, replace


# --- A frozen class
@dataclass(frozen=True)
class Config:
    host: str
    port: int = 8080
    debug: bool = False


# --- Defaults, and what replace changes
c = Config("localhost")
print(c)
print(replace(c, port=9090))
print(replace(c, debug=True, host="example.org"))
print(c)

# --- Equal ones have equal hashes
print(hash(c) == hash(Config("localhost", 8080)), hash(c) == hash(replace(c, port=1)))


# --- What is computed is computed again
@dataclass
class Order:
    price: int
    count: int
    total: int = field(init=False)

    def __post_init__(self):
        if self.count < 0:
            raise ValueError("count cannot be negative")
        self.total = self.price * self.count


order = Order(price=5, count=3)
print(order)
print(replace(order, count=10))

# --- A change that is refused
try:
    replace(order, count=-1)
except ValueError as error:
    print("ValueError:", error)
