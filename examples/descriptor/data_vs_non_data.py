# data and non-data descriptors: which one an assignment hides
# --- A data descriptor has set: it always wins
class Upper:
    def __get__(self, obj, objtype=None):
        return obj.word.upper()

    def __set__(self, obj, value):
        obj.word = value.lower()


# --- A non-data descriptor has only get: the object's own value hides it
class Length:
    def __get__(self, obj, objtype=None):
        return len(obj.word)


# --- A class with both
class Entry:
    upper = Upper()
    length = Length()

    def __init__(self, word):
        self.word = word


e = Entry("spam")
print(e.upper, e.length)

# --- Assigning to the data descriptor calls its set
e.upper = "EGGS"
print(e.word, e.upper)

# --- Assigning to the non-data descriptor gives the object a value of its own
e.length = 100
print(e.length, "length" in vars(e))
e.upper = "HAM"
print(e.length, Entry("bacon").length)

# --- Deleting that value brings the descriptor back
del e.length
print(e.length)
try:
    del e.length
except AttributeError as error:
    print("AttributeError:", error)
