// error: amphis: a function cannot return a C array: copy the struct that holds it, or hold a std::array
#include <amphis/copy.hpp>

int main() {
#ifdef AMPHIS_OK
    char const values[3] = "ab";
#else
    int const values[3] = {1, 2, 3};
#endif
    static_cast<void>(amphis::copy::copy(values));
}
