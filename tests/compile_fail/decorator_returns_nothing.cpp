// error: amphis: a decorator must return a function; does yours return its wrapper
#include <amphis/lang/decorator.hpp>

constexpr amphis::around identity = [](auto& fn, auto&&... args) -> decltype(auto) { return fn(static_cast<decltype(args)&&>(args)...); };
constexpr auto square = [](int x) { return x * x; };

int main() {
#ifdef AMPHIS_OK
    auto const f = amphis::decorator{[](auto fn) { return fn; }} | square;
    return f(2);
#else
    (void)(amphis::decorator{[](auto fn) { auto wrapper = [fn](int x) { return fn(x); }; (void)wrapper; }} | square);
#endif
}
