# managed attributes: a descriptor that logs, and knows its name
# --- One descriptor class for any attribute
class Logged:
    def __set_name__(self, owner, name):
        self.public_name = name
        self.private_name = "_" + name

    def __get__(self, obj, objtype=None):
        value = getattr(obj, self.private_name)
        print("accessing", self.public_name, "giving", value)
        return value

    def __set__(self, obj, value):
        print("updating", self.public_name, "to", value)
        setattr(obj, self.private_name, value)


# --- Two attributes that use it
class Person:
    name = Logged()
    age = Logged()

    def __init__(self, name, age):
        self.name = name
        self.age = age

    def birthday(self):
        self.age += 1


# --- Reads and writes are logged, under their names
mary = Person("Mary M", 30)
mary.birthday()
print(mary.name)

# --- What is stored is not logged
print(mary._age)

# --- There is one descriptor for the class, and it was told its name
print(vars(Person)["name"].public_name, vars(Person)["age"].private_name)
