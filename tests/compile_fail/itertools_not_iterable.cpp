// error: amphis: this object is not iterable
#include <amphis/itertools.hpp>

namespace it = amphis::itertools;
using namespace amphis::literals;

int main() {
    int const v[] = {1, 2};
#ifdef AMPHIS_OK
    (void)it::chain(v);
#else
    (void)it::chain(3);
#endif
}
