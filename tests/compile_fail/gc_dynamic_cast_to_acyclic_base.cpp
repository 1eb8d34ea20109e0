// error: amphis: a gc::ptr<Base> cannot point to this class: by its fields Base is in no cycle, and its objects are not collected, but this class can
#include <amphis/gc.hpp>

struct Base {
#ifdef AMPHIS_OK
    virtual ~Base() = default;
#endif
};
struct Derived : Base {
    amphis::gc::ptr<Derived> next{};
    Derived() = default;
    void traverse(auto&& visit) { visit(next); }
};

int main() { static_cast<void>(amphis::gc::dynamic_pointer_cast<Base>(amphis::gc::make<Derived>())); }
