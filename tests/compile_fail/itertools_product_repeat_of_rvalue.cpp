// error: amphis: product: with a repeat that the compiler knows the iterables are read in several places
#include <amphis/itertools.hpp>

#include <string>
#include <type_traits>

namespace it = amphis::itertools;
using namespace amphis::literals;

int main() {
    std::string const s = "ab";
#ifdef AMPHIS_OK
    (void)it::product(s, "repeat"_k = std::integral_constant<int, 2>());
#else
    (void)it::product(std::string("ab"), "repeat"_k = std::integral_constant<int, 2>());
#endif
}
