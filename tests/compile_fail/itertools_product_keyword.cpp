// error: amphis: product\(\) takes one keyword, repeat, after the iterables
#include <amphis/itertools.hpp>

namespace it = amphis::itertools;
using namespace amphis::literals;

int main() {
    int const v[] = {1, 2};
#ifdef AMPHIS_OK
    (void)it::product(v, "repeat"_k = 2);
#else
    (void)it::product(v, "times"_k = 2);
#endif
}
