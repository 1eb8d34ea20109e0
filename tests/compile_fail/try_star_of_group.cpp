// error: amphis: catching ExceptionGroup with except\* is not allowed. Use except instead.
// SPDX-License-Identifier: MIT
// on<ExceptionGroup>.
#include <amphis/lang/try.hpp>

using amphis::except_star, amphis::on;

int main() {
#ifdef AMPHIS_OK
    except_star([] {}, on<amphis::ValueError>([] {}));
#else
    except_star([] {}, on<amphis::ExceptionGroup>([] {}));
#endif
}
