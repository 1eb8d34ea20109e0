// A context manager from a generator: what is before the yield, and what is after it
#include <amphis/builtins.hpp>
#include <amphis/contextlib.hpp>

using amphis::contextlib::contextmanager;
using amphis::generator, amphis::KeyError, amphis::None, amphis::none_t, amphis::print, amphis::repr, amphis::RuntimeError, amphis::ValueError, amphis::with;

constexpr contextmanager tag = [](std::string name) -> generator<std::string, none_t> {
    print("<" + name + ">");
    co_yield name;
    print("</" + name + ">");
};

constexpr contextmanager attempt = [](std::string what) -> generator<none_t, none_t> {
    try {
        co_yield None;
        print(what, "worked");
    } catch (ValueError const& e) {
        print(what, "failed:", e);
    }
};

constexpr contextmanager twice = []() -> generator<int, none_t> {
    co_yield 1;
    co_yield 2;
};

int main() {
    // --- What it yields is what `as` names
    with(tag("h1"), [](std::string& name) { print("in", name); });

    // --- An exception of the body is raised at the yield, where it can be caught
    with(attempt("parsing"), [] { throw ValueError("invalid literal"); });
    with(attempt("adding"), [] { print(1 + 1); });

    // --- One that is not caught there goes on, and what is after the yield is skipped
    try {
        with(tag("p"), [] { throw KeyError("key"); });
    } catch (KeyError const& e) {
        print("caught", repr(e));
    }

    // --- It is a decorator too
    auto const greet = tag("div") | [](std::string who) { print("Hello,", who); };
    greet("World");

    // --- A generator that does not keep to the rules
    try {
        with(twice(), [] {});
    } catch (RuntimeError const& e) {
        print(repr(e));
    }
}
