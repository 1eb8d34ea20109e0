// suppress, nullcontext, closing, redirect_stdout: the small managers
#include <amphis/builtins.hpp>
#include <amphis/contextlib.hpp>
#include <amphis/io.hpp>

#include <map>

using amphis::KeyError, amphis::LookupError, amphis::print, amphis::repr, amphis::TypeError, amphis::with, amphis::ZeroDivisionError;
using amphis::contextlib::closing, amphis::contextlib::nullcontext, amphis::contextlib::redirect_stdout, amphis::contextlib::suppress;

int look_up(std::map<std::string, int> const& counts, std::string const& key) {
    auto const found = counts.find(key);
    if (found == counts.end()) throw KeyError(key);
    return found->second;
}

struct Door {
    void close() { print("closed"); }
};

template <class Lock = nullcontext<>>
void save(std::string const& text, Lock lock = {}) {
    with(lock, [&] { print("saved", text); });
}

int main() {
    // --- suppress: these exceptions, and those that derive from them, end the block
    std::map<std::string, int> const counts{{"a", 1}};
    with(suppress<LookupError>(), [&] {
        print(look_up(counts, "a"));
        print(look_up(counts, "b"));
        print("never");
    });

    // --- Others go on
    try {
        with(suppress<LookupError, ZeroDivisionError>(), [] { throw TypeError("not this one"); });
    } catch (TypeError const& e) {
        print("caught", e);
    }

    // --- closing: for what has close() and is no context manager
    with(closing(Door()), [] { print("open"); });

    // --- nullcontext: where a manager is optional
    save("x");

    // --- redirect_stdout: what is printed goes elsewhere
    amphis::io::StringIO out;
    with(redirect_stdout(out), [] { print("hidden"); });
    print(repr(out.getvalue()));
}
