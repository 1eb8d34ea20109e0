// Tuning the collector: thresholds, counts, statistics, callbacks, freezing
#include <amphis/builtins.hpp>
#include <amphis/gc.hpp>

namespace gc = amphis::gc;
using amphis::print;

struct Node {
    static inline int alive = 0;
    static inline int most = 0;
    gc::ptr<Node> me{};
    void finalize() const { alive -= 1; }
};

void make(int n) {
    for (int i = 0; i != n; ++i) {
        auto const node = gc::make<Node>();
        node->me = node;  // garbage as soon as its name goes
        Node::most = amphis::max(Node::most, ++Node::alive);
    }
}
auto older_counts() { return std::tuple(std::get<1>(gc::get_count()), std::get<2>(gc::get_count())); }

int main() {
    // --- When a collection comes by itself
    print(gc::isenabled(), gc::get_threshold());
    gc::set_threshold(100, 5, 5);
    make(1000);
    print(Node::most > 50, Node::most < 300);
    gc::set_threshold(0);  // never
    make(1000);
    print(Node::alive >= 1000, gc::get_threshold());
    gc::disable();

    // --- How many collections of the younger generation there were
    for (int generation : {2, 0, 0}) gc::collect(generation);
    print(older_counts());
    gc::collect(1);
    print(older_counts());

    // --- Statistics of each generation
    auto const before = gc::get_stats()[2].collected;
    make(3);
    gc::collect();
    print(gc::get_stats()[2].collected - before);

    // --- Callbacks before and after
    auto const tell = [](auto phase, auto const& info) { print(phase, info.generation, info.collected); };
    auto const id = gc::callbacks.append(tell);
    make(2);
    gc::collect();
    gc::callbacks.remove(id);

    // --- What is frozen is left out
    make(4);
    gc::freeze();
    print(gc::get_freeze_count() >= 4, gc::collect());
    gc::unfreeze();
    print(gc::get_freeze_count(), gc::collect());
}
