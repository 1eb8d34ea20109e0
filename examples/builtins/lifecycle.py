# lifecycle: made, shown, gone
class Account:
    # --- __init__ fills in what the object starts with
    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance
        print("open", owner)

    # --- __str__ is for people, __repr__ for programmers
    def __str__(self):
        return f"{self.owner} has {self.balance}"

    def __repr__(self):
        return f"Account({self.owner!r}, {self.balance})"

    # --- __del__ runs when the last reference is gone
    def __del__(self):
        print("close", self.owner)


def main():
    # --- Two ways to print one object, and a third in a list
    ann = Account("Ann", 30)
    print(ann)
    print(repr(ann), [ann])

    # --- It lives as long as something refers to it
    also = ann
    del ann
    print("still:", also)
    del also
    print("gone")

    # --- At the end of its scope
    Account("Bob")
    print("the end")


main()
