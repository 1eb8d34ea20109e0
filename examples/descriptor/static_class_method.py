# staticmethod and classmethod: methods without an object
# --- The class
class Date:
    def __init__(self, year=1, month=1, day=1):
        self.year, self.month, self.day = year, month, day

    @classmethod
    def from_string(cls, text):
        year, month, day = text.split("-")
        return cls(int(year), int(month), int(day))

    @classmethod
    def kind(cls):
        return cls.__name__

    @staticmethod
    def is_leap(year):
        return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


# --- A derived class
class Deadline(Date):
    def is_over(self, today):
        return (self.year, self.month, self.day) < (today.year, today.month, today.day)


# --- A classmethod is given the class: an alternative constructor
today = Date.from_string("2024-02-29")
print(today.year, today.month, today.day, Date.kind())

# --- It is given the derived class, too
deadline = Deadline.from_string("2023-12-31")
print(Deadline.kind(), deadline.is_over(today))

# --- A staticmethod is given nothing, and is called through either
print(Date.is_leap(2024), today.is_leap(1900), Deadline.is_leap(2000))
