// error: amphis: chain.from_iterable: the elements of this object are not iterable
#include <amphis/itertools.hpp>

namespace it = amphis::itertools;
using namespace amphis::literals;

int main() {
    [[maybe_unused]] int const v[] = {1, 2};
    int const nested[2][1] = {{1}, {2}};
#ifdef AMPHIS_OK
    (void)it::chain.from_iterable(nested);
#else
    (void)it::chain.from_iterable(v);
#endif
}
