# Exceptions: try, except, else and finally, and errors as values

# --- else runs without an error, finally in any case
def divide(a, b):
    try:
        result = a / b
    except ZeroDivisionError:
        print("cannot divide by zero")
        result = None
    else:
        print("no error")
    finally:
        print("done")
    return result


print(divide(9, 2))
print(divide(1, 0))


# --- The first handler that fits decides the value
def port_of(text):
    try:
        return int(text)
    except (ValueError, TypeError) as e:
        return -len(e.args)


print(port_of("8080"), port_of("http"))


# --- An error of finally has the one before it as its context
try:
    try:
        raise KeyError("first")
    finally:
        raise ValueError("second")
except ValueError as e:
    print(repr(e), "after", repr(e.__context__))


# --- Where errors are common, they are values, and nothing is raised
def half(n):
    if n % 2:
        return None, ValueError(f"{n} is odd")
    return n // 2, None


for n in (8, 7):
    value, error = half(n)
    print(repr(error) if error else value)
