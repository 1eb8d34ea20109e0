# Decorators with parameters: a function that makes the decorator
import functools


# --- Functions that make decorators
def repeat(times):
    def decorator(fn):
        @functools.wraps(fn)
        def wrapper(*args):
            for _ in range(times):
                fn(*args)

        return wrapper
    return decorator


def retry(times, on=Exception):
    def decorator(fn):
        @functools.wraps(fn)
        def wrapper(*args):
            for attempt in range(1, times + 1):
                try:
                    return fn(*args)
                except on as error:
                    print("attempt", attempt, "failed:", error)
                    if attempt == times:
                        raise

        return wrapper

    return decorator


# --- Called first, then applied
@repeat(3)
def greet(name):
    print("Hello,", name)


greet("Ada")

# --- Retry what fails now and then
tries = 0

@retry(3, on=TimeoutError)
def fetch(page):
    global tries
    tries += 1
    if tries < 3:
        raise TimeoutError("no answer")
    return f"<{page}>"


print(fetch("index"))

# --- Until the last attempt
try:
    retry(1)(lambda: 1 // 0)()
except ZeroDivisionError:
    print("given up")
