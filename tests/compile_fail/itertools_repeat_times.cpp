// error: amphis: repeat: times must be an integer
#include <amphis/itertools.hpp>

namespace it = amphis::itertools;
using namespace amphis::literals;

int main() {
#ifdef AMPHIS_OK
    (void)it::repeat(1, 2);
#else
    (void)it::repeat(1, 2.5);
#endif
}
