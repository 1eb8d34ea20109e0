// error: amphis: duplicate argument in function definition
// error: "a"
#include <amphis/lang/function.hpp>

using namespace amphis::literals;

int main() {
#ifdef AMPHIS_OK
    (void)amphis::def<"a", "b">([](int a, int b) { return a + b; });
#else
    (void)amphis::def<"a", "a">([](int a, int b) { return a + b; });
#endif
}
