// error: amphis: the collector cannot see what is behind a std::unique_ptr to a class that is not defined here
#include <amphis/gc/traverse.hpp>

#include <memory>

struct Hidden;
#ifdef AMPHIS_OK
template <>
inline constexpr bool amphis::gc::leaf<Hidden> = true;
#endif
struct Owner {
    std::unique_ptr<Hidden> hidden;
};

struct visitor {
    static void edges(amphis::detail::gc::edge*, std::size_t) {}
    static void part(amphis::detail::gc::part_edge&) {}
};
void walk(Owner& owner) {
    visitor v;
    amphis::detail::gc::walk<amphis::detail::gc::part_of_walk::all>(owner, v);
}
int main() {}
