// error: amphis: got an unexpected keyword argument
// error: "size"
#include <amphis/dataclasses.hpp>

using namespace amphis::literals;

struct Point {
    int x{};
    int y{};
};

int main() {
#ifdef AMPHIS_OK
    return amphis::dataclasses::replace(Point{1, 2}, "y"_k = 3).y;
#else
    return amphis::dataclasses::replace(Point{1, 2}, "size"_k = 3).y;
#endif
}
