// error: amphis: the function of and_then returns an expected; transform takes one that returns a value
// SPDX-License-Identifier: MIT
// and_then with a function for transform.
#include <amphis/lang/exceptions.hpp>

int main() {
    amphis::expected<int> const one = 1;
#ifdef AMPHIS_OK
    return one.transform([](int n) { return n - 1; }).value_or(1);
#else
    return one.and_then([](int n) { return n - 1; });
#endif
}
