// error: amphis: with: this exit\(\) returns a bool but takes nothing: to suppress an exception it must see it
// SPDX-License-Identifier: MIT
#include <amphis/contextlib.hpp>

struct Manager {
    void enter() {}
#ifdef AMPHIS_OK
    bool exit(amphis::exc_info const&) { return true; }
#else
    bool exit() { return true; }
#endif
};

int main() {
    amphis::with(Manager(), [] {});
}
