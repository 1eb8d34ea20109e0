// error: amphis: '<' is not supported between objects of this dataclass: its options lack dataclasses::order
#include <amphis/dataclasses.hpp>

namespace dc = amphis::dataclasses;

struct Point {
    int x{};
#ifdef AMPHIS_OK
    using dataclass = dc::options<dc::order>;
#else
    using dataclass = dc::options<>;
#endif
};

int main() { return dc::lt(Point{1}, Point{2}) ? 0 : 1; }
