// error: may appear only once
#include <amphis/lang/function.hpp>

using namespace amphis::literals;

int main() {
#ifdef AMPHIS_OK
    (void)amphis::def<"a", "*", "b">([](int a, int b) { return a + b; });
#else
    (void)amphis::def<"*", "a", "*", "b">([](int a, int b) { return a + b; });
#endif
}
