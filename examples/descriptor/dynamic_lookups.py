# descriptors that compute: the HOWTO's primer
# --- The simplest descriptor returns a constant
class Ten:
    def __get__(self, obj, objtype=None):
        return 10


class A:
    x = 5
    y = Ten()


a = A()
print(a.x, a.y)


# --- A dynamic lookup: the number of files, as it is now
class DirectorySize:
    def __get__(self, obj, objtype=None):
        return len(obj.files)


class Directory:
    size = DirectorySize()

    def __init__(self, *files):
        self.files = list(files)


songs = Directory("intro.ogg", "finale.ogg")
games = Directory("chess")
print(songs.size, games.size)
games.files.clear()
print(games.size, songs.size + games.size)
