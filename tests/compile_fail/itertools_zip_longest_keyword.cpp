// error: amphis: zip_longest\(\) takes one keyword, fillvalue, after the iterables
#include <amphis/itertools.hpp>

namespace it = amphis::itertools;
using namespace amphis::literals;

int main() {
    int const v[] = {1, 2};
#ifdef AMPHIS_OK
    (void)it::zip_longest(v, v, "fillvalue"_k = 0);
#else
    (void)it::zip_longest(v, v, "fill"_k = 0);
#endif
}
