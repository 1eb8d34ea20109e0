// error: amphis: gc::make\(\) makes objects: no const .* no arrays
#include <amphis/gc.hpp>

int main() {
#ifdef AMPHIS_OK
    static_cast<void>(amphis::gc::make<int>(1));
#else
    static_cast<void>(amphis::gc::make<int[3]>());
#endif
}
