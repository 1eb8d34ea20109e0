// error: amphis: grouper\(\) takes the keywords incomplete and fillvalue
#include <amphis/itertools.hpp>

namespace it = amphis::itertools;
using namespace amphis::literals;

int main() {
    int const v[] = {1, 2};
#ifdef AMPHIS_OK
    (void)it::grouper(v, 2, "incomplete"_k = "strict");
#else
    (void)it::grouper(v, 2, "strict"_k = true);
#endif
}
