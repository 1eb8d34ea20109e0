# A graph that another thread goes on with: in Python all threads share all objects, here a graph moves as a whole
import gc
import threading


class Person:
    __slots__ = ("name", "likes")

    def __init__(self, name):
        self.name = name
        self.likes = []


def friends(*names):
    people = [Person(name) for name in names]
    for one in people:
        one.likes = [other for other in people if other is not one]
    return people[0]


gc.disable()
gc.collect()

# --- Made on this thread
first = friends("ann", "bob", "cy")


# --- Used, and let go, on another
def use(person):
    print(person.name, "likes", [other.name for other in person.likes])


to_thread, first = first, None
thread = threading.Thread(target=lambda person=to_thread: use(person))
to_thread = None
thread.start()
thread.join()

# --- Nobody points to what moved from outside, or it does not move
outsider = Person("dora")
try:
    guests = friends("eve", "finn")
    guests.likes.append(outsider)
    if any(person is outsider for person in guests.likes):
        raise ValueError("Person.likes[1] of an island points to an object outside of it")
except ValueError as error:
    print(error)
