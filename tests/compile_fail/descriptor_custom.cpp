// error: amphis: the descriptor has no set\(object, value\) for this: it is read-only; a non_data_descriptor keeps what is assigned
// error: amphis: the descriptor has no del\(object\): it cannot be deleted
// error: amphis: a descriptor is not copied out of its object: write auto x = c.x.get\(\), or the type of the value
#include <amphis/lang/descriptor.hpp>

struct Ten {
    int get(auto const&) const { return 10; }
};
struct A {
    [[no_unique_address]] amphis::descriptor<"x", A, Ten> x{};
};

int main() {
    A a;
#ifdef AMPHIS_OK
    auto const copy = a.x.get();
#else
    a.x = 11;
    a.x.del();
    auto const copy = a.x;
#endif
    return copy == 10;
}
