// error: amphis: the callback of a weak reference is called with it: \[\]\(weakref::ref<Node> const& gone\)
#include <amphis/gc.hpp>
#include <amphis/weakref.hpp>

struct Node {
    int n = 0;
};

int main() {
    auto const node = amphis::gc::make<Node>();
#ifdef AMPHIS_OK
    amphis::weakref::ref const w(node, [](auto const&) {});
#else
    amphis::weakref::ref const w(node, [] {});
#endif
    static_cast<void>(w());
}
