# an object-relational mapping: attributes that are columns
# --- The database
database = {
    "Movies": {
        "Star Wars": {"director": "George Lucas", "year": 1977},
        "Jaws": {"director": "Steven Spielberg", "year": 1975},
    }
}


# --- A descriptor that fetches and stores
class Field:
    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, obj, objtype=None):
        print(f"select {self.name} from {obj.table} where {obj.key}")
        return database[obj.table][obj.key][self.name]

    def __set__(self, obj, value):
        print(f"update {obj.table} set {self.name} where {obj.key}")
        database[obj.table][obj.key][self.name] = value


# --- A model: it holds a key, and no data
class Movie:
    table = "Movies"
    director = Field()
    year = Field()

    def __init__(self, key):
        self.key = key


# --- Reading and writing it reads and writes the database
print(Movie("Star Wars").director)
jaws = Movie("Jaws")
print("Released in", jaws.year, "by", jaws.director)
jaws.year = 1976
jaws.year += 1
print(database["Movies"]["Jaws"]["year"])
