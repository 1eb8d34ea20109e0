// error: amphis: a decorator is applied to a function
#include <amphis/lang/decorator.hpp>

constexpr amphis::around identity = [](auto& fn, auto&&... args) -> decltype(auto) { return fn(static_cast<decltype(args)&&>(args)...); };
constexpr auto square = [](int x) { return x * x; };

int main() {
#ifdef AMPHIS_OK
    return (identity | square)(2);
#else
    (void)(identity | 3);
#endif
}
