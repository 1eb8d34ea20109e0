// error: amphis: the class inherits traverse\(\) or gc_fields, and has fields of its own: write its own
#include <amphis/gc/traverse.hpp>

#include <string>

class Base {
public:
    Base() = default;
    void traverse(auto&& visit) { visit(name_); }

private:
    std::string name_{};
};
class Derived : public Base {
public:
    Derived() = default;
#ifdef AMPHIS_OK
    void traverse(auto&& visit) {
        Base::traverse(visit);
        visit(more_);
    }
#endif

private:
    std::string more_{};
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
