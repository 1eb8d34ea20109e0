// error: amphis: missing a required keyword-only argument
// error: "c"
#include <amphis/lang/function.hpp>

using namespace amphis::literals;

constexpr auto digits = amphis::def<"a", "/", "b", "*", "c">([](int a, int b, int c) { return 100 * a + 10 * b + c; });

int main() {
#ifdef AMPHIS_OK
    return digits(1, 2, "c"_k = 3);
#else
    return digits(1, 2);
#endif
}
