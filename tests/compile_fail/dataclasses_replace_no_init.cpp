// error: amphis: the field is declared with init=False, it cannot be specified with replace\(\)
// error: "total"
#include <amphis/dataclasses.hpp>

using namespace amphis::literals;
namespace dc = amphis::dataclasses;

struct Sum {
    int a{};
    int total{};
    using dataclass = dc::options<dc::field<"total">{.init = false}>;
};

int main() {
#ifdef AMPHIS_OK
    return dc::replace(Sum{1, 2}, "a"_k = 3).a;
#else
    return dc::replace(Sum{1, 2}, "total"_k = 3).a;
#endif
}
