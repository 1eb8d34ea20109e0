// error: amphis: default 'except:' must be last: except<>\(...\) after the others
// SPDX-License-Identifier: MIT
// except<> before except<KeyError>.
#include <amphis/lang/try.hpp>

using amphis::except, amphis::KeyError, amphis::try_;

int main() {
#ifdef AMPHIS_OK
    return try_([] { return 0; }, except<KeyError>([] { return 1; }), except<>([] { return 2; }));
#else
    return try_([] { return 0; }, except<>([] { return 2; }), except<KeyError>([] { return 1; }));
#endif
}
