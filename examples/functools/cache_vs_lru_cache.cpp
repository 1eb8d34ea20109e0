// cache or lru_cache: a memory without a limit, or with one
#include <amphis/builtins.hpp>
#include <amphis/functools.hpp>

namespace ft = amphis::functools;
using amphis::print;

int main() {
    // --- cache keeps everything: right when the arguments are few
    auto factorial = ft::cache([](auto& self, int n) -> long { return n != 0 ? n * self(n - 1) : 1; });
    print(factorial(10));
    print(factorial.cache_info());
    print(factorial(12));
    print(factorial.cache_info());

    // --- It is lru_cache without a limit
    auto unlimited = ft::lru_cache<ft::unbounded>(factorial.wrapped());
    print(unlimited.cache_parameters() == factorial.cache_parameters());

    // --- With arguments that never end, cache never stops growing
    auto greedy = ft::cache([](int n) { return n % 7; });
    auto modest = ft::lru_cache<100>([](int n) { return n % 7; });
    for (int n = 0; n != 10'000; ++n) greedy(n), modest(n);
    print(greedy.cache_info().currsize, modest.cache_info().currsize);

    // --- What is used stays: five hot keys among thousands of cold ones
    modest.cache_clear();
    for (int n = 0; n != 10'000; ++n) modest(n % 5), modest(1'000 + n);
    print(modest.cache_info());

    // --- A loop just longer than the limit finds nothing
    auto looped = ft::lru_cache<3>([](int n) { return n; });
    for (int round = 0; round != 3; ++round) {
        for (int n : {1, 2, 3, 4}) looped(n);
    }
    print(looped.cache_info());

    // --- Without a limit, clear it when its work is done
    greedy.cache_clear();
    print(greedy.cache_info());
}
