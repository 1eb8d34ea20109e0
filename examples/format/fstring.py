# f-strings and str.format: fields by position, by name, with specs and conversions
name, language, year = "Ann", "Python", 1991

# --- Fields
print(f"{name} has written {language} since {year}")
print("{0}, {1}, {0} again, and a brace: {{}}".format("one", "two"))

# --- Specs
price, quantity = 1234.5, 3
print(f"{language:>10}|{price:10,.2f}|{quantity:03d}|{quantity:#06b}")

# --- Conversions
print(f"{name} {name!r} {'grüße'!a} {name!r:>7}")

# --- Specs that are computed
width, digits = 12, 3
print(f"{2 / 3:*^{width}.{digits}f}")

# --- Items of an argument
point, matrix, ages = (3, 4), [[1, 2], [3, 4]], {"Ann": 36}
print("{0[0]}/{0[1]} {1[1][0]} {2[Ann]}".format(point, matrix, ages))

# --- Names shown with their values
print(f"{year=} {name=} {price=:.2f}")

# --- A table
row = "{:<8}{:>8}{:>10}".format
print(row("item", "count", "price"))
for item, count, cost in [("spam", 3, 1.5), ("eggs", 12, 0.25)]:
    print(row(item, count, f"{cost:.2f}"))

# --- An error that only the run can find
try:
    print("{:{}}".format(3, "s"))
except ValueError as error:
    print("ValueError:", error)
