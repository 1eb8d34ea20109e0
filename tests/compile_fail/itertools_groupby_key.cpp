// error: amphis: groupby: the key function cannot be called with an element
#include <amphis/itertools.hpp>

namespace it = amphis::itertools;
using namespace amphis::literals;

int main() {
    int const v[] = {1, 2};
#ifdef AMPHIS_OK
    (void)it::groupby(v, [](int x) { return x / 2; });
#else
    (void)it::groupby(v, [](int* x) { return *x; });
#endif
}
