// error: amphis: count: a number is required
#include <amphis/itertools.hpp>

namespace it = amphis::itertools;
using namespace amphis::literals;

int main() {
#ifdef AMPHIS_OK
    (void)it::count(1);
#else
    (void)it::count("a");
#endif
}
