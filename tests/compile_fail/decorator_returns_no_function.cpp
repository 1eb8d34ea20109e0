// error: amphis: a decorator must return a function
#include <amphis/lang/decorator.hpp>

constexpr amphis::around identity = [](auto& fn, auto&&... args) -> decltype(auto) { return fn(static_cast<decltype(args)&&>(args)...); };
constexpr auto square = [](int x) { return x * x; };

int main() {
#ifdef AMPHIS_OK
    auto const f = amphis::decorator{[](auto fn) { return [fn](int x) { return fn(x); }; }} | square;
    return f(2);
#else
    (void)(amphis::decorator{[](auto fn) { return fn(2); }} | square);
#endif
}
