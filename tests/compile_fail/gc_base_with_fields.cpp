// error: amphis: the collector cannot see which gc pointers this struct holds, because a base class of it has fields
#include <amphis/gc/traverse.hpp>

#include <string>

struct Base {
    std::string name{};
};
struct Derived : Base {
    std::string more{};
#ifdef AMPHIS_OK
    void traverse(auto&& visit) { visit(static_cast<Base&>(*this), more); }
#endif
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
