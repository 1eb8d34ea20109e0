// Reference counting: what frees an object, and when
#include <amphis/builtins.hpp>
#include <amphis/gc.hpp>

namespace gc = amphis::gc;
namespace sys = amphis::sys;
using amphis::len, amphis::print;

struct Resource {
    std::string name{};
    gc::ptr<Resource> part{};
    void finalize() const { print("released", name); }
};
struct Phoenix {
    std::vector<gc::ptr<Phoenix>>* saved = nullptr;
    void finalize() {
        print("rises");
        saved->push_back(gc::self(this));
    }
};

int main() {
    // --- Every name and every element is a reference
    auto a = gc::make<Resource>("a");
    auto b = a;
    std::vector shelf{a, a};
    print(sys::getrefcount(a));
    b = nullptr;
    shelf.clear();
    print(sys::getrefcount(a));

    // --- The last reference that goes frees the object, at once
    a = nullptr;
    print("the next line");

    // --- Locals go at the end of their scope
    {
        auto const log = gc::make<Resource>("log");
        print("working with", log->name);
    }
    print("after the scope");

    // --- A new object takes the place of the old one
    a = gc::make<Resource>("old");
    a = gc::make<Resource>("new");
    a = nullptr;

    // --- What an object holds goes after it
    auto box = gc::make<Resource>("box", gc::make<Resource>("lid", gc::make<Resource>("handle")));
    box = nullptr;

    // --- A finalizer may keep its object, and is called once
    std::vector<gc::ptr<Phoenix>> saved;
    auto phoenix = gc::make<Phoenix>(&saved);
    phoenix = nullptr;
    print(len(saved), gc::is_finalized(saved[0]));
    saved.clear();
    print(len(saved));
}
