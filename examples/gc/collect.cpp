// The gc module: who points to whom, and what nobody reaches
#include <amphis/builtins.hpp>
#include <amphis/gc.hpp>

namespace gc = amphis::gc;
using amphis::print;
struct Person {
    std::string name{};
    gc::ptr<Person> likes{};
};
auto names(auto const& objects) {
    std::vector<std::string> found;
    for (gc::object const& o : objects) found.push_back(o.as<Person>()->name);
    return amphis::sorted(found);
}

int main() {
    gc::disable();
    // --- What an object points to, and what points to it
    auto ann = gc::make<Person>("ann");
    auto bob = gc::make<Person>("bob", ann);
    auto cy = gc::make<Person>("cy", ann);
    print(names(gc::get_referents(bob)));
    print(names(gc::get_referrers(ann)));
    print(names(gc::get_objects()));

    // --- What cannot be in a cycle is not tracked
    print(gc::is_tracked(gc::make<int>(42)), gc::is_tracked(gc::make<std::string>("text")), gc::is_tracked(ann));

    // --- How many objects a collection found
    ann->likes = bob;
    print(gc::collect());
    ann = bob = nullptr;
    print(gc::collect());  // cy likes ann, who likes bob
    cy = nullptr;
    print(gc::collect());

    // --- Garbage that is kept, to see what leaked
    gc::set_debug(gc::DEBUG_SAVEALL);
    auto dora = gc::make<Person>("dora");
    dora->likes = gc::make<Person>("eve", dora);
    dora = nullptr;
    print(gc::collect());
    print(names(gc::garbage));
    for (auto const& o : gc::garbage) {
        if (auto const p = o.as<Person>(); p->name == "eve") print("eve likes", p->likes->name);
    }

    // --- And then let go
    gc::set_debug(0);
    gc::garbage.clear();
    print(amphis::len(gc::garbage), gc::collect(), gc::get_debug());

    // --- A generation that does not exist
    try {
        gc::collect(3);
    } catch (amphis::ValueError const& e) {
        print("ValueError:", e);
    }
}
