// An infinite sequence, of which the consumer takes what it needs
#include <amphis/builtins.hpp>
#include <amphis/itertools.hpp>
#include <amphis/lang/generator.hpp>

namespace it = amphis::itertools;
using amphis::filter, amphis::generator, amphis::list, amphis::next, amphis::print;

// --- The numbers never end
generator<long> fibonacci() {
    for (long a = 0, b = 1;;) {
        co_yield a;
        a = std::exchange(b, a + b);
    }
}

int main() {
    // --- The first ten, the even ones below 1000, the first above a million
    print(list(it::islice(fibonacci(), 10)));
    auto below = it::takewhile([](long x) { return x < 1000; }, fibonacci());
    print(list(filter([](long x) { return x % 2 == 0; }, below)));
    for (long x : fibonacci())
        if (x > 1'000'000) {
            print(x);
            break;
        }

    // --- Two consumers of one generator share it
    auto numbers = fibonacci();
    print(list(it::islice(numbers, 5)));
    print(list(it::islice(numbers, 5)));
}
