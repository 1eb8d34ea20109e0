// error: amphis: tee: n must be >= 0
#include <amphis/itertools.hpp>

#include <type_traits>

namespace it = amphis::itertools;
using namespace amphis::literals;

int main() {
    int const v[] = {1, 2};
#ifdef AMPHIS_OK
    (void)it::tee(v, std::integral_constant<int, 3>());
#else
    (void)it::tee(v, std::integral_constant<int, -1>());
#endif
}
