// error: amphis: accumulate: what the function returns must be a total that it can be given again
#include <amphis/itertools.hpp>

namespace it = amphis::itertools;
using namespace amphis::literals;

struct Total {
    int value = 0;
};

int main() {
    int const v[] = {1, 2};
#ifdef AMPHIS_OK
    (void)it::accumulate(v, [](long a, int b) { return a * b; });
#else
    (void)it::accumulate(v, [](int a, int b) { return Total{a + b}; });
#endif
}
