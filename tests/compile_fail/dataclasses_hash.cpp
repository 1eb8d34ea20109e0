// error: amphis: unhashable type: the options of this dataclass have neither dataclasses::frozen nor dataclasses::unsafe_hash
#include <amphis/dataclasses.hpp>

namespace dc = amphis::dataclasses;

struct Point {
    int x{};
#ifdef AMPHIS_OK
    using dataclass = dc::options<dc::unsafe_hash>;
#else
    using dataclass = dc::options<dc::order>;
#endif
};

int main() { return dc::hash(Point{1}) != 0 ? 0 : 1; }
