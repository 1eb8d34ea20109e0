// lru_cache: remember results, forget the least recently used
#include <amphis/builtins.hpp>
#include <amphis/functools.hpp>

#include <cmath>
#include <string>

namespace ft = amphis::functools;
using amphis::print;
using namespace amphis::literals;

int main() {
    // --- A slow function, called again with the same arguments
    auto area = ft::lru_cache<2>([](double radius) {
        print("computing", radius);
        return 3 * radius * radius;
    });
    for (double radius : {1.0, 2.0, 1.0, 3.0, 2.0}) print(area(radius));
    print(area.cache_info());

    // --- Recursion: each number is computed once
    auto fib =
        ft::lru_cache<ft::unbounded>([](auto& self, int n) -> long { return n < 2 ? n : self(n - 1) + self(n - 2); });
    print(fib(90));
    print(fib.cache_info());

    // --- Any hashable arguments, by position and by keyword
    auto greet = ft::lru_cache(amphis::def<"name", "greeting">(
        [](std::string const& name, std::string const& greeting) { return "{}, {}!"_f(greeting, name); },
        "greeting"_k = "Hello"));
    print(greet("Ada"), greet("Ada"), greet("Ada", "greeting"_k = "Good morning"));
    print(greet.cache_info());

    // --- What raises is not remembered
    auto root = ft::lru_cache([](double x) {
        if (x < 0) throw amphis::ValueError("math domain error");
        return std::sqrt(x);
    });
    for (double x : {4.0, -1.0, -1.0}) {
        try {
            print(root(x));
        } catch (amphis::ValueError const& error) {
            print("ValueError:", error);
        }
    }
    print(root.cache_info());

    // --- A limit chosen when running, and typed keys
    auto doubled = ft::lru_cache({.maxsize = 4, .typed = true}, [](double x) { return x + x; });
    doubled(3), doubled(3.0);
    print(doubled.cache_info(), doubled.cache_parameters());
    doubled.cache_clear();
    print(doubled.cache_info().currsize, doubled.wrapped()(21.0));
}
