# Edit a configuration file so that it is whole at every moment: the old one or the new one
import fcntl
import os
import sys
from contextlib import ExitStack


# --- The edit: all or nothing, and one at a time
def edit(path, change):
    with ExitStack() as stack:
        lock = stack.enter_context(open(path + ".lock", "w"))
        fcntl.flock(lock.fileno(), fcntl.LOCK_EX)  # the kernel frees it, however the process ends
        with open(path) as file:
            text = file.read()
        settings = dict(line.split("=", 1) for line in text.splitlines())
        change(settings)
        with open(path + ".bak", "w") as backup:
            backup.write(text)

        temp = stack.enter_context(open(path + ".tmp", "w"))
        rollback = stack.enter_context(ExitStack())
        rollback.callback(os.remove, temp.name)
        temp.writelines(f"{key}={check(settings[key])}\n" for key in sorted(settings))
        temp.flush()
        os.fsync(temp.fileno())
        os.replace(temp.name, path)
        rollback.pop_all()  # done: nothing to undo


def check(value):
    if "\n" in value:
        raise ValueError("a value is one line")
    return value


def show(path):
    with open(path) as file:
        print(file.read(), end="")
    print("left behind:", os.path.exists(path + ".tmp"))


def main(path, *change):
    if change:  # KEY VALUE
        return edit(path, lambda settings: settings.update([change]))
    # --- Two edits, and one that fails half-way
    path += f".{os.getpid()}"
    with open(path, "w") as file:
        file.write("name=amphis\ncolor=red\n")
    edit(path, lambda settings: settings.update(color="blue", size="3"))
    show(path)
    try:
        edit(path, lambda settings: settings.update(size="three\nlines"))
    except ValueError as e:
        print("ValueError:", e)
    show(path)
    for end in "", ".bak", ".lock":
        os.remove(path + end)


main(*sys.argv[1:])
