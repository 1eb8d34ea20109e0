// error: amphis: a traceback has the keywords chain, limit, and where it is printed, file, each once
// SPDX-License-Identifier: MIT
// A misspelt keyword.
#include <amphis/traceback.hpp>

using namespace amphis::literals;

int main() {
#ifdef AMPHIS_OK
    return amphis::traceback::format_exception(amphis::ValueError("a"), "chain"_k = false).empty();
#else
    return amphis::traceback::format_exception(amphis::ValueError("a"), "chained"_k = false).empty();
#endif
}
