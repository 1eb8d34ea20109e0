// error: amphis: with: the last argument is the body: a function of what the managers' enter\(\) returns, each by reference, or of nothing
// error: amphis: with takes one or more context managers, then the body
// SPDX-License-Identifier: MIT
// with and a body of the wrong parameters, or none.
#include <amphis/contextlib.hpp>

int main() {
    using amphis::contextlib::nullcontext;
#ifdef AMPHIS_OK
    amphis::with(nullcontext(1), nullcontext(2), [](int, int) {});
    amphis::with(nullcontext(1), [] {});
#else
    amphis::with(nullcontext(1), nullcontext(2), [](int) {});
    amphis::with(nullcontext(1));
#endif
}
