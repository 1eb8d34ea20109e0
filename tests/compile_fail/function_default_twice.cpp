// error: amphis: two defaults are given for one parameter|duplicate base type
#include <amphis/lang/function.hpp>

using namespace amphis::literals;

int main() {
#ifdef AMPHIS_OK
    (void)amphis::def<"a", "b">([](int a, int b) { return a + b; }, "b"_k = 1);
#else
    (void)amphis::def<"a", "b">([](int a, int b) { return a + b; }, "b"_k = 1, "b"_k = 2L);
#endif
}
