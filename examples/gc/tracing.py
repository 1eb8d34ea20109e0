# Tracing: how the collector knows what an object holds
import gc


class Item:
    def __init__(self, name, holder=None):
        self.name = name
        self.holder = holder

    def __del__(self):
        print("released", self.name)


# --- What has fields says nothing, whatever they are
class Box:
    def __init__(self):
        self.by_name = {}

def in_a_box():
    box = Box()
    box.by_name["first"] = [Item("in a box", box)]


# --- What hides its fields
class Account:
    __slots__ = ["_owner"]

    def __init__(self, owner):
        self._owner = owner

def in_an_account():
    owner = Item("of an account")
    owner.holder = Account(owner)


# --- What decides by itself what it shows: in Python, only what is written in C
class Ring(list):
    pass

def in_a_ring():
    ring = Ring()
    ring.append(Item("in a ring", ring))


# --- What holds nothing that points
def beside_a_clock():
    timed = [60.0]
    timed.append(Item("beside a clock", timed))


# --- The collector finds all of them
gc.disable()
for make in in_a_box, in_an_account, in_a_ring, beside_a_clock:
    make()
    gc.collect()
