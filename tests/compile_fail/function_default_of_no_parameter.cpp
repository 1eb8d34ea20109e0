// error: amphis: a default is given for a name that is not a parameter
// error: "c"
#include <amphis/lang/function.hpp>

using namespace amphis::literals;

int main() {
#ifdef AMPHIS_OK
    (void)amphis::def<"a", "b">([](int a, int b) { return a + b; }, "b"_k = 1);
#else
    (void)amphis::def<"a", "b">([](int a, int b) { return a + b; }, "c"_k = 1);
#endif
}
