// ExitStack: cleanups that are known only when the program runs
#include <amphis/builtins.hpp>
#include <amphis/contextlib.hpp>

using amphis::contextlib::ExitStack;
using amphis::KeyError, amphis::print, amphis::repr, amphis::RuntimeError, amphis::ValueError, amphis::with;

constexpr amphis::contextlib::contextmanager resource = [](std::string name) -> amphis::generator<std::string, amphis::none_t> {
    print("open", name);
    co_yield name;
    print("close", name);
};

void build(std::vector<std::string> const& steps) {
    with(ExitStack(), [&](ExitStack& undo) {
        for (auto& step : steps) {
            if (step == "bad") throw ValueError(step);
            print("do", step);
            undo.callback(print, "undo", step);
        }
        undo.pop_all();
        print("done");
    });
}

int main() {
    // --- As many managers as there are names, left in reverse
    std::vector<std::string> const names{"a", "b", "c"};
    with(ExitStack(), [&](ExitStack& stack) {
        std::vector<std::string> opened;
        for (auto& name : names) opened.push_back(stack.enter_context(resource(name)));
        print(opened);
    });

    // --- Callbacks, with their arguments
    with(ExitStack(), [](ExitStack& stack) {
        for (int i : amphis::range(3)) stack.callback(print, "callback", i);
        print("body");
    });

    // --- All or nothing: what was done is undone, unless everything worked
    build({"one", "two"});
    try {
        build({"one", "two", "bad"});
    } catch (ValueError const& e) {
        print("caught", repr(e));
    }

    // --- An error in a cleanup does not keep the others from running
    try {
        with(ExitStack(), [](ExitStack& stack) {
            stack.callback(print, "still called");
            stack.callback([] { throw RuntimeError("in a cleanup"); });
            throw KeyError("in the body");
        });
    } catch (RuntimeError const& e) {
        print(repr(e), "while handling", repr(e.context()));
    }
}
