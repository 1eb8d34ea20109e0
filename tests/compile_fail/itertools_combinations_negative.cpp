// error: amphis: r must be non-negative
#include <amphis/itertools.hpp>

#include <type_traits>

namespace it = amphis::itertools;
using namespace amphis::literals;

int main() {
    int const v[] = {1, 2};
#ifdef AMPHIS_OK
    (void)it::combinations(v, std::integral_constant<int, 2>());
#else
    (void)it::combinations(v, std::integral_constant<int, -2>());
#endif
}
