// error: amphis: enter: this manager may suppress exceptions, which a scope cannot: use with\(cm, body\)
// error: amphis: enter: this manager wants to see the exception, which the end of a scope does not: use with\(cm, body\)
// error: amphis: enter: this object does not support the context manager protocol
// SPDX-License-Identifier: MIT
// The scope form of managers that want more than a scope has.
#include <amphis/contextlib.hpp>

struct Seeing {
    void enter() {}
    void exit(amphis::exc_info const&) {}
};
struct Plain {
    void enter() {}
    void exit() {}
};

int main() {
#ifdef AMPHIS_OK
    auto const a = amphis::enter(Plain());
#else
    auto const a = amphis::enter(amphis::contextlib::suppress<amphis::KeyError>());
    auto const b = amphis::enter(Seeing());
    auto const c = amphis::enter(3);
#endif
}
