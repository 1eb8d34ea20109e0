// error: amphis: batched: n must be an integer
#include <amphis/itertools.hpp>

namespace it = amphis::itertools;
using namespace amphis::literals;

int main() {
    int const v[] = {1, 2};
#ifdef AMPHIS_OK
    (void)it::batched(v, 2);
#else
    (void)it::batched(v, 2.0);
#endif
}
