// Cycles: what counting cannot free, the collector finds
#include <amphis/builtins.hpp>
#include <amphis/gc.hpp>

#include <set>

namespace gc = amphis::gc;
using amphis::print;

struct Node {
    std::string name{};
    gc::ptr<Node> next{};
    static inline std::set<std::string> finalized{};
    static inline gc::ptr<Node> saved{};
    void finalize() {
        finalized.insert(name + " -> " + next->name);
        if (name == "lazarus") saved = gc::self(this);
    }
};

auto ring(char const* first, char const* second) {
    auto a = gc::make<Node>(first);
    a->next = gc::make<Node>(second, a);
    return a;
}

int main() {
    gc::disable();  // nothing is collected but by hand
    // --- Two that point to each other outlive their names
    auto pair = ring("a", "b");
    pair = nullptr;
    print(Node::finalized.size());

    // --- The collector finds them, and calls the finalizers while all is still there
    print(gc::collect());
    print(amphis::sorted(Node::finalized));

    // --- What a finalizer saves lives on, with all that it reaches
    pair = ring("martha", "lazarus");
    pair = nullptr;
    print(gc::collect());
    print(Node::saved->name, Node::saved->next->name);
    Node::saved = nullptr;
    print(gc::collect());

    // --- What somebody still points to stays
    pair = ring("c", "d");
    print(gc::collect());

    // --- The older an object, the more rarely it is looked at
    auto const is_in = [](auto const& node, int generation) { return amphis::in(node, gc::get_objects(generation)); };
    auto young = gc::make<Node>("young");
    young->next = young;
    print(is_in(young, 0), is_in(pair, 2));
    pair = young = nullptr;
    print(gc::collect(0));
    print(gc::collect(2));
}
