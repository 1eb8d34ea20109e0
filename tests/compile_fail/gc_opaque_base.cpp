// error: amphis: the collector cannot see what is behind a std::unique_ptr to a base class: hold a gc::ptr
#include <amphis/gc/traverse.hpp>

#include <memory>

struct Shape {
#ifdef AMPHIS_OK
    using gc_leaf = void;
#endif
    virtual ~Shape() = default;
};
struct Picture {
    std::unique_ptr<Shape> shape{};
};

struct visitor {
    static void edges(amphis::detail::gc::edge*, std::size_t) {}
    static void part(amphis::detail::gc::part_edge&) {}
};
int main() {
    Picture picture;
    visitor v;
    amphis::detail::gc::walk<amphis::detail::gc::part_of_walk::all>(picture, v);
}
