// error: amphis: non-default argument follows default argument
// error: "b"
#include <amphis/lang/function.hpp>

using namespace amphis::literals;

int main() {
#ifdef AMPHIS_OK
    (void)amphis::def<"a", "b">([](int a, int b) { return a + b; }, "b"_k = 1);
#else
    (void)amphis::def<"a", "b">([](int a, int b) { return a + b; }, "a"_k = 1);
#endif
}
