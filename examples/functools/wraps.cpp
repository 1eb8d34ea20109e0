// wraps: a decorated function that still says who it is
#include <amphis/builtins.hpp>
#include <amphis/functools.hpp>
#include <amphis/lang/decorator.hpp>

#include <cctype>
#include <string>

namespace ft = amphis::functools;
using amphis::def, amphis::print;
using Text = std::string;

Text upper(Text s) {
    for (char& c : s) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return s;
}

// --- Two decorators, and a function
constexpr amphis::decorator shout = [](auto fn) {
    return def<"name">([fn](Text const& name) { return upper(fn(name)); }).named("wrapper");
};
constexpr amphis::decorator polite = [](auto fn) {
    return ft::wraps(fn)([fn](Text const& name) { return fn(name) + ", please"; });
};
constexpr auto ask = def<"name">([](Text const& name) { return "come here " + name; }).named("ask").documented("Ask someone.");

template <class F>
constexpr bool is_wrapper = requires(F const& f) { f.wrapped(); };

int main() {
    // --- Without wraps the wrapper's name is all there is
    auto const loud = shout | ask;
    print(loud("Ada"));
    print(loud.name(), "-", is_wrapper<decltype(loud)>);

    // --- With wraps the identity is the function's
    auto const kind = polite | ask;
    print(kind("Ada"));
    print(kind.name(), "-", kind.doc());

    // --- The function itself is still there
    print(kind.wrapped()("Ada"));
    print(std::is_same_v<decltype(kind.wrapped()), decltype((ask))>);

    // --- update_wrapper is the same for a wrapper that exists already
    auto const greet = ft::update_wrapper([](Text const& name) { return "hello " + name; }, ask);
    print(greet("Ada"), "-", greet.name());

    // --- Stacked: one layer for each decorator
    auto const both = polite | polite | ask;
    print(both("Ada"));
    print(both.wrapped().wrapped()("Ada"), "-", both.name());
}
