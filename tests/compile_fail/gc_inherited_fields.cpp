// error: amphis: the class inherits traverse\(\) or gc_fields, and has fields of its own: write its own
#include <amphis/gc/traverse.hpp>

#include <string>

class Base {
protected:
    std::string name_{};

public:
    using gc_fields = amphis::gc::fields<&Base::name_>;
    Base() = default;
};
class Derived : public Base {
    std::string more_{};

public:
#ifdef AMPHIS_OK
    using gc_fields = amphis::gc::fields<&Derived::name_, &Derived::more_>;
#endif
    Derived() = default;
};

struct visitor {
    static void edges(amphis::detail::gc::edge*, std::size_t) {}
    static void part(amphis::detail::gc::part_edge&) {}
};
int main() {
    Derived derived;
    visitor v;
    amphis::detail::gc::walk<amphis::detail::gc::part_of_walk::all>(derived, v);
}
