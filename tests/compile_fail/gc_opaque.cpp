// error: amphis: the collector cannot see which gc pointers this class holds: give it a public member `void traverse\(auto&& visit\) \{ visit\(next_, items_\); \}`, or `using gc_fields = gc::fields<&Node::next_, &Node::items_>;`
#include <amphis/gc/traverse.hpp>

#include <string>
#include <vector>

class Node {
public:
    explicit Node(std::string name) : name_(static_cast<std::string&&>(name)) {}
#ifdef AMPHIS_OK
    using gc_leaf = void;
#endif

private:
    std::string name_;
};

struct visitor {
    static void edges(amphis::detail::gc::edge*, std::size_t) {}
    static void part(amphis::detail::gc::part_edge&) {}
};
int main() {
    std::vector<Node> nodes;
    visitor v;
    amphis::detail::gc::walk<amphis::detail::gc::part_of_walk::all>(nodes, v);
}
