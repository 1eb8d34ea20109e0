// error: amphis: singleton_of: the type is a class, or another type of which there can be an object
// SPDX-License-Identifier: MIT
#include <amphis/lang/singleton.hpp>

int main() {
#ifdef AMPHIS_OK
    return amphis::singleton_of<int>();
#else
    return amphis::singleton_of<int[3]>()[0];
#endif
}
