// error: amphis: FrozenInstanceError: cannot assign to a field of a frozen dataclass, or of a const object
#include <amphis/dataclasses.hpp>

using namespace amphis::literals;
namespace dc = amphis::dataclasses;

struct Point {
#ifdef AMPHIS_OK
    int x{};
#else
    int const x{};
    using dataclass = dc::options<dc::frozen>;
#endif
};

int main() {
    Point p{1};
    dc::setattr(p, "x"_k = 2);
    return p.x;
}
