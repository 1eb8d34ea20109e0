// error: amphis: split and subgroup take the classes to look for: eg.split<ValueError, KeyError>\(\), or a predicate
// SPDX-License-Identifier: MIT
// No class, no predicate.
#include <amphis/lang/exceptions.hpp>

int main() {
    amphis::ExceptionGroup const eg("m", amphis::ValueError("a"));
#ifdef AMPHIS_OK
    return eg.split<amphis::ValueError>().match ? 0 : 1;
#else
    return eg.split().match ? 0 : 1;
#endif
}
