// error: amphis: starmap: the function cannot be called with the items of an element
#include <amphis/itertools.hpp>

#include <utility>

namespace it = amphis::itertools;
using namespace amphis::literals;

int main() {
    std::pair<int, int> const rows[] = {{1, 2}};
#ifdef AMPHIS_OK
    (void)it::starmap([](int a, int b) { return a + b; }, rows);
#else
    (void)it::starmap([](int a) { return a; }, rows);
#endif
}
