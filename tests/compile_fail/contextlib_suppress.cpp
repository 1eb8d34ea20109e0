// error: amphis: suppress takes exception classes: suppress<KeyError, OSError>\(\)
// SPDX-License-Identifier: MIT
// suppress of what is no class, or a reference to one.
#include <amphis/contextlib.hpp>

int main() {
    using namespace amphis;
#ifdef AMPHIS_OK
    with(contextlib::suppress<KeyError, OSError>(), [] {});
#else
    with(contextlib::suppress<KeyError const&>(), [] {});
    with(contextlib::suppress<int>(), [] {});
#endif
}
