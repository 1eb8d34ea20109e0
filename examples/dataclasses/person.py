# dataclass: a class that is its fields
from dataclasses import asdict, astuple, dataclass, field, fields


# --- The class
@dataclass
class Person:
    name: str
    age: int


# --- It prints and compares
p = Person("Alice", 30)
print(p)
print(p == Person("Alice", 30), p == Person("Bob", 30))
print([p, Person("Bob", 25)])

# --- By keyword
print(Person(name="Carol", age=41))

# --- As a dict, as a tuple
print(asdict(p), astuple(p))
print(asdict(p)["age"])

# --- What is known of its fields
print(Person.__match_args__)
for f in fields(Person):
    print(f.name, f.init, f.repr)


# --- Options: an order, a field that does not show, a list of its own
@dataclass(order=True)
class Account:
    owner: str
    password: str = field(repr=False, compare=False)
    tags: list = field(default_factory=lambda: ["new"])
    logins: int = 0


a = Account("ann", "secret")
print(a, a.password)
print(a < Account("bob", "", ["vip"], 3), a == Account("ann", "other"))

# --- Dataclasses within dataclasses
@dataclass
class Team:
    lead: Person
    others: list


team = Team(p, [Person("Bob", 25)])
print(team)
print(asdict(team))
print(asdict(team)["others"][0]["name"])
