// error: amphis: contextmanager: the function must return a generator: -> generator<T, none_t>
// error: amphis: contextmanager: the function cannot be called with these arguments
// SPDX-License-Identifier: MIT
// contextmanager of what makes no generator, or not with these arguments.
#include <amphis/contextlib.hpp>

int main() {
    using amphis::contextlib::contextmanager;
    auto const good = contextmanager([](int n) -> amphis::generator<int, amphis::none_t> { co_yield n; });
    auto const bad = contextmanager([](int n) { return n; });
#ifdef AMPHIS_OK
    amphis::with(good(1), [](int) {});
    static_cast<void>(bad);
#else
    static_cast<void>(bad(1));
    static_cast<void>(good("text"));
#endif
}
