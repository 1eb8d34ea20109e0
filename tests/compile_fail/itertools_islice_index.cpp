// error: amphis: islice: indices must be None or an integer
#include <amphis/itertools.hpp>

namespace it = amphis::itertools;
using namespace amphis::literals;

int main() {
    int const v[] = {1, 2};
#ifdef AMPHIS_OK
    (void)it::islice(v, 1, amphis::None);
#else
    (void)it::islice(v, 1.5);
#endif
}
