# Division: what Python 3 does with ints, and C++ does not

# --- Two divisions
print(7 / 2, 7 // 2)
print(8 / 2, 8 // 2)

# --- Rounded down, not towards zero
print(-7 // 2, -7 % 2)
print(7 // -2, 7 % -2)
print(divmod(-7, 2), divmod(7.5, -2))

# --- Why: clocks and indices wrap the right way
for hour in (23, 24, -1):
    print(hour, "o'clock is", hour % 24)
hours, minutes = divmod(135, 60)
print(hours, "h", minutes, "min")

# --- By zero
for divide in (lambda: 1 / 0, lambda: 1 // 0, lambda: 1.0 % 0):
    try:
        divide()
    except ZeroDivisionError as error:
        print("ZeroDivisionError:", error)

# --- Rounding goes to the even neighbour
print(round(0.5), round(1.5), round(2.5), round(-0.5))
print(round(2.675, 2), round(1250, -2), round(1.0, 1))
