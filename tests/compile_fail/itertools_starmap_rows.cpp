// error: amphis: starmap: the elements of this iterable must be tuples, pairs or arrays
#include <amphis/itertools.hpp>

#include <utility>

namespace it = amphis::itertools;
using namespace amphis::literals;

constexpr auto add = [](int a, int b) { return a + b; };

int main() {
    [[maybe_unused]] int const v[] = {1, 2};
    std::pair<int, int> const rows[] = {{1, 2}};
#ifdef AMPHIS_OK
    (void)it::starmap(add, rows);
#else
    (void)it::starmap(add, v);
#endif
}
