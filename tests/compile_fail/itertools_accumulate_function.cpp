// error: amphis: accumulate: the function cannot be called with a total and an element
#include <amphis/itertools.hpp>

namespace it = amphis::itertools;
using namespace amphis::literals;

int main() {
    int const v[] = {1, 2};
#ifdef AMPHIS_OK
    (void)it::accumulate(v, [](int a, int b) { return a * b; });
#else
    (void)it::accumulate(v, [](int a) { return a; });
#endif
}
