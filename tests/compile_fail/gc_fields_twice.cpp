// error: amphis: gc_fields names a field twice: what it points to would be freed too early
#include <amphis/gc/traverse.hpp>

#include <string>

class Node {
    std::string name_{};
    std::string title_{};

public:
#ifdef AMPHIS_OK
    using gc_fields = amphis::gc::fields<&Node::name_, &Node::title_>;
#else
    using gc_fields = amphis::gc::fields<&Node::name_, &Node::title_, &Node::name_>;
#endif
    Node() = default;
};

int main() { return amphis::detail::gc::holds_edges<Node> ? 1 : 0; }
