// Which pointer: in Python every name is the same kind, in C++ you choose
#include <amphis/builtins.hpp>
#include <amphis/gc.hpp>
#include <amphis/gc/shared.hpp>
#include <amphis/weakref.hpp>

#include <memory>
#include <thread>

namespace gc = amphis::gc;
namespace weakref = amphis::weakref;
using amphis::print;

struct Part {
    std::string name{};
    gc::ptr<Part> parent{};
    std::vector<gc::ptr<Part>> parts{};
};
struct Config {
    int timeout = 0;
};

int main() {
    // --- One owner
    auto engine = std::make_unique<Part>(Part{"engine"});
    auto moved = std::move(engine);
    print(moved->name, engine == nullptr);

    // --- Parts that know their parents: a cycle
    auto car = gc::make<Part>("car");
    car->parts.push_back(gc::make<Part>("wheel", car));
    print(car->parts[0]->parent->name, car->parts[0]->parent == car);

    // --- Something inside of an object that must stay
    gc::ptr<Part> const wheel = car->parts[0];
    gc::member_ptr<std::string> const owner(car, &car->name);  // a field; it keeps the whole car
    car = nullptr;
    print(wheel->name, "of", *owner);

    // --- A look at an object that need not stay
    auto spare = gc::make<Part>("engine");
    weakref::ref const seen(spare);
    print(seen()->name);
    spare = nullptr;
    print(seen() == nullptr);

    // --- An object that threads share
    gc::biased_ptr<Config const> const config = gc::make_biased<Config>(30);  // or make_atomic
    std::thread([config] { print("timeout", config->timeout); }).join();
}
