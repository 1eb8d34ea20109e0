// error: amphis: there is no field of this name
// error: "pasword"
#include <amphis/dataclasses.hpp>

namespace dc = amphis::dataclasses;

struct Login {
    int password{};
#ifdef AMPHIS_OK
    using dataclass = dc::options<dc::field<"password">{.repr = false}>;
#else
    using dataclass = dc::options<dc::field<"pasword">{.repr = false}>;
#endif
};

int main() { return dc::eq(Login{1}, Login{1}) ? 0 : 1; }
