// error: amphis: in try_, except comes first, then else_, then finally_
// SPDX-License-Identifier: MIT
// finally_ before except.
#include <amphis/lang/try.hpp>

using amphis::except, amphis::finally_, amphis::KeyError, amphis::try_;

int main() {
#ifdef AMPHIS_OK
    return try_([] { return 0; }, except<KeyError>([] { return 1; }), finally_([] {}));
#else
    return try_([] { return 0; }, finally_([] {}), except<KeyError>([] { return 1; }));
#endif
}
