// error: amphis: a class used as a decorator needs operator\(\)
#include <amphis/lang/decorator.hpp>

constexpr amphis::around identity = [](auto& fn, auto&&... args) -> decltype(auto) { return fn(static_cast<decltype(args)&&>(args)...); };
constexpr auto square = [](int x) { return x * x; };

template <class Fn>
struct Wrapper {
    Fn fn;
#ifdef AMPHIS_OK
    int operator()(int x) const { return fn(x); }
#endif
};

int main() {
#ifdef AMPHIS_OK
    return (amphis::decorator_class<Wrapper> | square)(2);
#else
    (void)(amphis::decorator_class<Wrapper> | square);
#endif
}
