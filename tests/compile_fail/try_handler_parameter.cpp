// error: amphis: the handler of an except takes the exception, an exc_info, or nothing
// SPDX-License-Identifier: MIT
// A handler for another exception.
#include <amphis/lang/exceptions.hpp>
#include <amphis/lang/try.hpp>

using amphis::except, amphis::KeyError, amphis::try_;

int main() {
#ifdef AMPHIS_OK
    try_([] {}, except<KeyError>([](KeyError const&) {}));
#else
    try_([] {}, except<KeyError>([](amphis::OSError const&) {}));
#endif
}
