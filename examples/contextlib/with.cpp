// with: entered, run, left, whatever happens
#include <amphis/builtins.hpp>
#include <amphis/contextlib.hpp>

#include <optional>

using amphis::exc_info, amphis::OSError, amphis::print, amphis::ValueError, amphis::with;

struct Managed {
    std::string name;

    std::string& enter() {
        print("enter", name);
        return name;
    }
    void exit(exc_info const& error) { print("exit", name, error ? error.type_name() : "None"); }
};

std::optional<int> first_even(std::vector<int> const& numbers) {
    return with(Managed{"search"}, [&]() -> std::optional<int> {
        for (int n : numbers)
            if (n % 2 == 0) return n;
        return std::nullopt;
    });
}

struct Broken : Managed {
    void enter() { throw OSError("cannot enter"); }
};

int main() {
    // --- The value of __enter__ is what `as` names
    with(Managed{"a"}, [](auto& name) { print("in", name); });

    // --- Several managers are left in reverse
    with(Managed{"a"}, Managed{"b"}, [](auto& a, auto& b) { print(a + b); });

    // --- An exception leaves them too, and goes on
    try {
        with(Managed{"a"}, Managed{"b"}, [] { throw ValueError("boom"); });
    } catch (ValueError const& e) {
        print("caught", e);
    }

    // --- So does a return
    print(first_even({3, 5, 6, 7}));

    // --- What fails to be entered is not left; what was entered before is
    try {
        with(Managed{"a"}, Broken{{"b"}}, [] { print("never"); });
    } catch (OSError const& e) {
        print("caught", e);
    }
}
