// error: amphis: Can't instantiate abstract class: a context manager needs exit\(\) or exit\(amphis::exc_info const&\)
// error: amphis: chdir takes a path: a string, or what has c_str\(\)
// SPDX-License-Identifier: MIT
// A manager without exit, and a directory that is a number.
#include <amphis/contextlib.hpp>

struct Incomplete : amphis::contextlib::AbstractContextManager<Incomplete> {};
struct Complete : amphis::contextlib::AbstractContextManager<Complete> {
    void exit() {}
};

int main() {
#ifdef AMPHIS_OK
    Complete().enter();
    amphis::contextlib::chdir("/");
#else
    Incomplete().enter();
    amphis::contextlib::chdir(3);
#endif
}
