// error: amphis: an exception's argument has a type that cannot be printed: include <amphis/builtins.hpp>, or give the type a member repr\(\)
// error: amphis: this exception takes no keyword argument of that name
// error: amphis: positional argument follows keyword argument
// error: amphis: keyword argument repeated
// SPDX-License-Identifier: MIT
// Arguments an exception cannot be made with.
#include <amphis/lang/exceptions.hpp>

using namespace amphis::literals;

struct plain {};

int main() {
#ifdef AMPHIS_OK
    amphis::ImportError e("m", 1, "name"_k = "x", "path"_k = "y");
#else
    amphis::ValueError a(plain{});
    amphis::ValueError b("m", "name"_k = "x");
    amphis::ImportError c("name"_k = "x", "m");
    amphis::ImportError d("m", "name"_k = "x", "name"_k = "y");
#endif
}
