# Weak references: to know an object without keeping it alive
import gc
import weakref


class Image:
    def __init__(self, name):
        self.name = name
        self.next = None


# --- A reference, and a function that is told
logo = Image("logo")
w = weakref.ref(logo)
told = weakref.ref(logo, lambda gone: print("gone:", gone() is None))
print(w().name, w() is logo, weakref.ref(logo) is w)
logo = None
print(w())

# --- A proxy is used like the object
icon = Image("icon")
p = weakref.proxy(icon)
print(p.name)
icon = None
try:
    print(p.name)
except ReferenceError as e:
    print("ReferenceError:", e)

# --- A cache of what others hold
images = weakref.WeakValueDictionary()


def load(name):
    image = images.get(name)
    if image is None:
        image = images[name] = Image(name)
    return image


first, second = load("a"), load("b")
print(load("a") is first, list(images.keys()))
first = None
print(list(images.keys()))

# --- A cleanup, also of what is in a cycle
photo = Image("photo")
photo.next = photo
cleanup = weakref.finalize(photo, print, "photo is gone")
photo = None
print(cleanup.alive)
gc.collect()
print(cleanup.alive)
