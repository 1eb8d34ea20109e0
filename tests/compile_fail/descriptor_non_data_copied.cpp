// error: private|not copied out of its object
#include <amphis/lang/descriptor.hpp>

struct One {
    int get(auto const&) const { return 1; }
};
struct A {
    amphis::non_data_descriptor<"x", A, int, One> x{this};
};

int main() {
    A a;
#ifdef AMPHIS_OK
    int const copy = a.x;
#else
    auto const copy = a.x;
#endif
    return copy;
}
