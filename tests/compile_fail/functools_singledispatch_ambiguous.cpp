// error: amphis: Ambiguous dispatch
// error: Sized
// error: Iterable
#include <amphis/functools.hpp>

namespace ft = amphis::functools;
using namespace amphis::literals;

constexpr auto multiply = amphis::def<"x", "y">([](int x, int y) { return x * y; });

struct Sized {};
struct Iterable {};
struct Container : Sized, Iterable {};
constexpr auto f = ft::singledispatch([](auto const&) { return 0; }).register_<Sized>([](Sized) { return 1; }).register_<Iterable>([](Iterable) { return 2; });

int main() {
#ifdef AMPHIS_OK
    return f(Sized());
#else
    return f(Container());
#endif
}
