# A context manager is a class with __enter__ and __exit__
class Transaction:
    def __init__(self, accounts):
        self.accounts = accounts

    def __enter__(self):
        self.before = dict(self.accounts)
        print("begin")
        return self.accounts

    def __exit__(self, kind, error, traceback):
        if error is None:
            print("commit")
        else:
            self.accounts.clear()
            self.accounts.update(self.before)
            print("rollback:", kind.__name__, error)
        return isinstance(error, ValueError)        # handled: go on after the with

def transfer(accounts, amount):
    accounts["ann"] -= amount
    if accounts["ann"] < 0:
        raise ValueError("not enough money")
    accounts["bob"] += amount

accounts = {"ann": 100, "bob": 0}

# --- Without an error
with Transaction(accounts) as open_accounts:
    transfer(open_accounts, 30)
print(accounts)

# --- An error that __exit__ handles, by returning True
with Transaction(accounts) as open_accounts:
    transfer(open_accounts, 500)
print(accounts)

# --- One that it lets pass, after it has cleaned up
try:
    with Transaction(accounts) as open_accounts:
        open_accounts["ann"] = 0
        raise KeyError("carl")
except KeyError as e:
    print("caught", repr(e))
print(accounts)
