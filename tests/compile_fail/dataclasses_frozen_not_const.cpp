// error: amphis: the fields of a frozen dataclass are declared const: then the compiler refuses to assign them
#include <amphis/dataclasses.hpp>

namespace dc = amphis::dataclasses;

struct Point {
#ifdef AMPHIS_OK
    int const x{};
#else
    int x{};
#endif
    using dataclass = dc::options<dc::frozen>;
};

int main() { return dc::hash(Point{1}) != 0 ? 0 : 1; }
