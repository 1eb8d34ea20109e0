// error: amphis: product: repeat of several iterables must be known to the compiler
#include <amphis/itertools.hpp>

#include <type_traits>

namespace it = amphis::itertools;
using namespace amphis::literals;

int main() {
    int const v[] = {1, 2};
#ifdef AMPHIS_OK
    (void)it::product(v, v, "repeat"_k = std::integral_constant<int, 2>());
#else
    (void)it::product(v, v, "repeat"_k = 2);
#endif
}
