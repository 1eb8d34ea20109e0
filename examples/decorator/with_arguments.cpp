// Decorators with parameters: a function that makes the decorator
#include <amphis/builtins.hpp>
#include <amphis/lang/decorator.hpp>
#include <amphis/lang/exceptions.hpp>

#include <string>

using amphis::print;

// --- Functions that make decorators
constexpr auto repeat(int times) {
    return amphis::around([times](auto& fn, auto const&... args) {
        for (int i = 0; i < times; ++i) fn(args...);
    });
}

template <class Error = amphis::Exception>
constexpr auto retry(int times) {
    return amphis::around([times](auto& fn, auto const&... args) {
        for (int attempt = 1;; ++attempt) {
            try {
                return fn(args...);
            } catch (Error const& error) {
                print("attempt", attempt, "failed:", error);
                if (attempt == times) throw;
            }
        }
    });
}

int main() {
    // --- Called first, then applied
    auto const greet = repeat(3) | [](std::string const& name) { print("Hello,", name); };
    greet("Ada");

    // --- Retry what fails now and then
    int tries = 0;
    auto const fetch = retry<amphis::TimeoutError>(3) | [&tries](std::string const& page) {
        if (++tries < 3) throw amphis::TimeoutError("no answer");
        return "<" + page + ">";
    };
    print(fetch("index"));

    // --- Until the last attempt
    try {
        (retry(1) | [] { return amphis::floordiv(1, 0); })();
    } catch (amphis::ZeroDivisionError const&) {
        print("given up");
    }
}
