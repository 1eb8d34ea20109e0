# copy and deepcopy: what a copy shares with the original
import copy
from dataclasses import dataclass, field


# --- Objects that refer to others
@dataclass
class Person:
    name: str


@dataclass
class Team:
    title: str
    members: list = field(default_factory=list)
    lead: Person = None


ann, bob = Person("Ann"), Person("Bob")
team = Team("red", [ann, bob], ann)

# --- A shallow copy shares them
shallow = copy.copy(team)
shallow.title = "blue"
print(team.title, shallow.title)
print(shallow.members[0] is ann)

# --- A deep copy has its own
deep = copy.deepcopy(team)
deep.members[0].name = "Anna"
print(ann.name, deep.members[0].name)

# --- What was one object twice is one object twice
print(deep.members[0] is deep.lead)
print(deep.lead.name)

# --- Cycles close
ann.friend = bob
bob.friend = ann
other = copy.deepcopy(ann)
print(other is ann, other.friend.friend is other)


# --- A class may say how it is copied
class Counter:
    def __init__(self, n=0):
        self.n = n

    def __copy__(self):
        return Counter(self.n + 1)

    def __deepcopy__(self, memo):
        return Counter(self.n + 100)


print(copy.copy(Counter()).n, copy.deepcopy([Counter()])[0].n)
