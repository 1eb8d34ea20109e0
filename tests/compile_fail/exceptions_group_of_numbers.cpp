// error: amphis: a group is made of exceptions: ExceptionGroup\("...", ValueError\("a"\), TypeError\("b"\)\), or of a range of exc_info
// SPDX-License-Identifier: MIT
// A number among the exceptions.
#include <amphis/lang/exceptions.hpp>

int main() {
#ifdef AMPHIS_OK
    amphis::ExceptionGroup const eg("m", amphis::ValueError("a"));
#else
    amphis::ExceptionGroup const eg("m", amphis::ValueError("a"), 7);
#endif
    return eg.exceptions().size() == 1 ? 0 : 1;
}
