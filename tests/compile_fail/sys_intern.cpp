// error: amphis: intern\(\) argument must be str
// SPDX-License-Identifier: MIT
// What is not text.
#include <amphis/sys/intern.hpp>

int main() {
#ifdef AMPHIS_OK
    return amphis::sys::intern("42").size() == 2 ? 0 : 1;
#else
    return static_cast<int>(amphis::sys::intern(42).size() + amphis::sys::intern(nullptr).size() + amphis::sys::intern(L"42").size());
#endif
}
