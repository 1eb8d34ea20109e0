# clocks: measure, sleep
import time


def main():
    # --- A clock for measuring
    start = time.perf_counter()
    time.sleep(0.02)
    print(time.perf_counter() - start >= 0.02)

    # --- In whole nanoseconds, and without what is slept
    now = time.monotonic_ns()
    busy = time.process_time()
    time.sleep(0.02)
    print(time.monotonic_ns() - now >= 20_000_000, time.process_time() - busy < 0.02)

    # --- Not backwards
    try:
        time.sleep(-1)
    except ValueError as e:
        print("ValueError:", e)


main()
