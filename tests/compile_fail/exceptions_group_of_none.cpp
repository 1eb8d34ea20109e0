// error: amphis: an ExceptionGroup is made of a message and at least one exception
// SPDX-License-Identifier: MIT
// A message alone.
#include <amphis/lang/exceptions.hpp>

int main() {
#ifdef AMPHIS_OK
    amphis::ExceptionGroup const eg("m", amphis::ValueError("a"));
#else
    amphis::ExceptionGroup const eg("m");
#endif
    return eg.exceptions().size() == 1 ? 0 : 1;
}
