// A decorator: log a call and measure its time, without touching the function
#include <amphis/builtins.hpp>
#include <amphis/lang/decorator.hpp>
#include <amphis/lang/function.hpp>

#include <algorithm>
#include <chrono>
#include <numeric>
#include <string>
#include <vector>

using amphis::def, amphis::print;

// --- The decorator
struct Stopwatch {
    char const* name = "";
    std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
    ~Stopwatch() {
        auto const elapsed = std::chrono::steady_clock::now() - start;
        print(name, "took", elapsed < std::chrono::minutes(1) ? "under" : "over", "a minute");
    }
};

constexpr amphis::around timed = [](auto& fn, auto&&... args) -> decltype(auto) {
    Stopwatch const watch{amphis::name_of(fn)};
    return fn(std::forward<decltype(args)>(args)...);
};

int main() {
    // --- Decorated where it is defined
    auto const total = timed | def<"values">([](std::vector<int> const& values) {
        return std::accumulate(values.begin(), values.end(), 0);
    }).named("total").documented("Add the values.");
    print(total(std::vector{1, 2, 3}));

    // --- It is still the same function to its callers
    print(total.name(), "-", total.doc());
    print(total.wrapped()(std::vector{1, 2}));

    // --- The time is logged when the function raises, too
    auto const parse = timed | def<"text">([](std::string const& text) {
        if (!std::ranges::all_of(text, [](char c) { return '0' <= c && c <= '9'; })) throw amphis::ValueError("not a number: " + text);
        return std::stoi(text);
    }).named("parse");
    print(parse("42"));
    try {
        parse("forty-two");
    } catch (amphis::ValueError const& error) {
        print("ValueError:", error);
    }

    // --- A decorator is a function, and can be called as one
    print(timed(def<"text">(amphis::len).named("len"))(std::string("four")));
}
