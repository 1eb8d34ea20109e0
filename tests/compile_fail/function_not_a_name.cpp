// error: amphis: a parameter's name is an identifier
#include <amphis/lang/function.hpp>

using namespace amphis::literals;

int main() {
#ifdef AMPHIS_OK
    (void)amphis::def<"a", "b">([](int a, int b) { return a + b; });
#else
    (void)amphis::def<"a", "2b">([](int a, int b) { return a + b; });
#endif
}
