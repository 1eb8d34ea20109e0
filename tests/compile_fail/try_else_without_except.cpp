// error: amphis: else_ of try_ needs an except before it
// SPDX-License-Identifier: MIT
// else_ alone.
#include <amphis/lang/try.hpp>

using amphis::else_, amphis::except, amphis::KeyError, amphis::try_;

int main() {
#ifdef AMPHIS_OK
    try_([] {}, except<KeyError>([] {}), else_([] {}));
#else
    try_([] {}, else_([] {}));
#endif
}
