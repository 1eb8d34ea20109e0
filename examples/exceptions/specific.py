# Exceptions: raise the specific one, catch only what you can handle
import errno
import os


# --- Your own exception carries what its handler needs
class InsufficientFunds(ValueError):
    def __init__(self, balance, amount):
        super().__init__(f"balance {balance} is less than {amount}")
        self.missing = amount - balance


def withdraw(balance, amount):
    if amount <= 0:
        raise ValueError("Amount must be positive")
    if amount > balance:
        raise InsufficientFunds(balance, amount)
    return balance - amount


# --- The first handler that fits wins, so the specific one comes first
for amount in (30, 80, -5):
    try:
        print("left:", withdraw(50, amount))
    except InsufficientFunds as e:
        print(type(e).__name__ + ":", e, "- missing", e.missing)
    except ValueError as e:
        print(type(e).__name__ + ":", e)

# --- A base class catches its whole family
try:
    raise KeyError("bob")
except LookupError as e:
    print(repr(e), "prints as", e, "with args", e.args)

# --- The operating system's errors have a class each
try:
    raise OSError(errno.ENOENT, os.strerror(errno.ENOENT), "x.txt")
except FileNotFoundError as e:
    print(e)
    print(e.errno, e.strerror, repr(e.filename))

# --- A note adds what the place of the error could not know
try:
    try:
        withdraw(10, 20)
    except InsufficientFunds as e:
        e.add_note("while paying the rent")
        raise
except ValueError as e:
    print(e, e.__notes__)
