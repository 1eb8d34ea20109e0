// error: amphis: there is no field of this name
// error: "z"
#include <amphis/dataclasses.hpp>

using namespace amphis::literals;

struct Point {
    int x{};
    int y{};
};

int main() {
    auto const d = amphis::dataclasses::asdict(Point{1, 2});
#ifdef AMPHIS_OK
    return d["y"_k];
#else
    return d["z"_k];
#endif
}
