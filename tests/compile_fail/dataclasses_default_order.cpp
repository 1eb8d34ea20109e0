// error: amphis: non-default argument follows default argument
// error: "y"
#include <amphis/dataclasses.hpp>

using namespace amphis::literals;
namespace dc = amphis::dataclasses;

struct Point {
    int x = 1;
    int y{};
#ifdef AMPHIS_OK
    using dataclass = dc::options<dc::has_default<"x">, dc::field<"x">{.kw_only = true}>;
#else
    using dataclass = dc::options<dc::has_default<"x">>;
#endif
};

int main() { return dc::make<Point>("y"_k = 2).y; }
