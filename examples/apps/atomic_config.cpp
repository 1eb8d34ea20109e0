// Edit a configuration file so that it is whole at every moment: the old one or the new one
#include <amphis/builtins.hpp>
#include <amphis/contextlib.hpp>
#include <amphis/io.hpp>
#include <amphis/os.hpp>
#include <sys/file.h>
#include <map>
#include <sstream>

using namespace amphis::literals;
using amphis::open, amphis::print, amphis::with, amphis::contextlib::ExitStack, std::string;
using Settings = std::map<string, string>;
string const& check(string const& value);

// --- The edit: all or nothing, and one at a time
void edit(string const& path, auto const& change) {
    with(ExitStack{}, [&](auto& stack) {
        auto& lock = stack.enter_context(open(path + ".lock", "w"));
        ::flock(lock.fileno(), LOCK_EX);  // the kernel frees it, however the process ends
        string const text = with(open(path), [](auto& file) { return file.read(); });
        Settings settings;
        string key, value;
        for (std::istringstream lines(text); std::getline(lines, key, '=') && std::getline(lines, value);) settings[key] = value;
        change(settings);
        with(open(path + ".bak", "w"), [&](auto& backup) { backup.write(text); });

        auto& temp = stack.enter_context(open(path + ".tmp", "w"));
        auto& rollback = stack.enter_context(ExitStack{});
        rollback.callback(amphis::os::remove, path + ".tmp");
        temp.writelines(amphis::genexpr([](auto& k, auto& v) { return k + "=" + check(v) + "\n"; }, amphis::for_(settings)));
        temp.flush();
        amphis::os::fsync(temp.fileno());
        amphis::os::replace(path + ".tmp", path);
        rollback.pop_all();  // done: nothing to undo
    });
}

string const& check(string const& value) {
    if (value.find('\n') != string::npos) throw amphis::ValueError("a value is one line");
    return value;
}
void show(string const& path) {
    with(open(path), [](auto& file) { print(file.read(), "end"_k = ""); });
    print("left behind:", amphis::os::path::exists(path + ".tmp"));
}

int main(int argc, char** argv) {
    string path = argv[1];
    if (argc == 4) return edit(path, [&](Settings& settings) { settings[argv[2]] = argv[3]; }), 0;  // PATH KEY VALUE
    // --- Two edits, and one that fails half-way
    path += "." + amphis::str(amphis::os::getpid());
    with(open(path, "w"), [](auto& file) { file.write("name=amphis\ncolor=red\n"); });
    edit(path, [](Settings& settings) { settings["color"] = "blue", settings["size"] = "3"; });
    show(path);
    try {
        edit(path, [](Settings& settings) { settings["size"] = "three\nlines"; });
    } catch (amphis::ValueError const& e) { print("ValueError:", e); }
    show(path);
    for (auto* end : {"", ".bak", ".lock"}) amphis::os::remove(path + end);
}
