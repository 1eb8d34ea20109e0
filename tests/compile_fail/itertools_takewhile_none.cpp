// error: amphis: the predicate cannot be called with an element of this iterable
#include <amphis/itertools.hpp>

namespace it = amphis::itertools;
using namespace amphis::literals;

int main() {
    int const v[] = {1, 2};
#ifdef AMPHIS_OK
    (void)it::filterfalse(amphis::None, v);
#else
    (void)it::takewhile(amphis::None, v);
#endif
}
