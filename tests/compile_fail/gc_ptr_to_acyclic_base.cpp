// error: amphis: a gc::ptr<Base> cannot point to this class: by its fields Base is in no cycle, and its objects are not collected, but this class can
#include <amphis/gc.hpp>

struct Base {
    int number = 0;
};
#ifdef AMPHIS_OK
struct Derived : Base {
    using gc_leaf = void;
};
#else
struct Derived : Base {
    amphis::gc::ptr<Derived> next{};
    void traverse(auto&& visit) { visit(next); }
};
#endif

int main() {
    amphis::gc::ptr<Base> const base = amphis::gc::make<Derived>();
    static_cast<void>(base);
}
