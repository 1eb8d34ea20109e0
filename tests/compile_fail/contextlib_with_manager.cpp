// error: amphis: with: this object does not support the context manager protocol: it needs enter\(\), and exit\(\) or exit\(amphis::exc_info const&\)
// SPDX-License-Identifier: MIT
// with of what is no context manager: CPython's TypeError.
#include <amphis/contextlib.hpp>

struct LacksExit {
    void enter() {}
};
struct Complete : LacksExit {
    void exit() {}
};

int main() {
#ifdef AMPHIS_OK
    amphis::with(Complete(), [] {});
#else
    amphis::with(LacksExit(), [] {});
#endif
}
