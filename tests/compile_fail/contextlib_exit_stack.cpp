// error: amphis: enter_context: this object does not support the context manager protocol
// error: amphis: push takes a context manager, or a function of an exc_info const&; for a function of nothing, use callback
// error: amphis: callback: the function cannot be called with these arguments
// SPDX-License-Identifier: MIT
// ExitStack of what it cannot run.
#include <amphis/contextlib.hpp>

int main() {
    amphis::contextlib::ExitStack stack;
    auto const one = [](int) {};
    auto const none = [] {};
#ifdef AMPHIS_OK
    stack.enter_context(amphis::contextlib::nullcontext());
    stack.push([](amphis::exc_info const&) {});
    stack.callback(one, 1);
    stack.callback(none);
#else
    stack.enter_context(3);
    stack.push(none);
    stack.callback(one, "text");
#endif
}
