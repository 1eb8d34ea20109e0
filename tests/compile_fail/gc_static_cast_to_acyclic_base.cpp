// error: amphis: a gc::ptr<Base> cannot point to this class: by its fields Base is in no cycle, and its objects are not collected, but this class can
#include <amphis/gc.hpp>

struct Base {
    int number = 0;
};
struct Derived : Base {
    amphis::gc::ptr<Derived> next{};
    void traverse(auto&& visit) { visit(next); }
};

int main() {
    auto const derived = amphis::gc::make<Derived>();
#ifdef AMPHIS_OK
    static_cast<void>(amphis::gc::static_pointer_cast<Derived>(derived));
#else
    static_cast<void>(amphis::gc::static_pointer_cast<Base>(derived));
#endif
}
