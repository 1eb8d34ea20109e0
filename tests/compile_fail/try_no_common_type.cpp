// error: amphis: the body and the handlers of try_ return values without a common type
// SPDX-License-Identifier: MIT
// A number, or a text.
#include <amphis/lang/try.hpp>

using amphis::except, amphis::KeyError, amphis::try_;

int main() {
#ifdef AMPHIS_OK
    return try_([] { return 0; }, except<KeyError>([] { return 0L; })) == 0 ? 0 : 1;
#else
    return try_([] { return 0; }, except<KeyError>([] { return "none"; })) == 0 ? 0 : 1;
#endif
}
