// dataclasses.replace: a changed copy of what does not change
#include <amphis/builtins.hpp>
#include <amphis/dataclasses.hpp>

using amphis::print;
using namespace amphis::literals;
namespace dc = amphis::dataclasses;

// --- A frozen class
struct Config {
    std::string const host{};
    int const port = 8080;
    bool const debug = false;
    using dataclass = dc::options<dc::frozen, dc::has_default<"port", "debug">>;
};

// --- Defaults, and what replace changes
void change() {
    auto const c = dc::make<Config>("localhost");
    print(c);
    print(dc::replace(c, "port"_k = 9090));
    print(dc::replace(c, "debug"_k = true, "host"_k = "example.org"));
    print(c);

    // --- Equal ones have equal hashes
    print(dc::hash(c) == dc::hash(Config{"localhost", 8080}), dc::hash(c) == dc::hash(dc::replace(c, "port"_k = 1)));
}

// --- What is computed is computed again
struct Order {
    int price{};
    int count{};
    int total{};

    void post_init() {
        if (count < 0) throw amphis::ValueError("count cannot be negative");
        total = price * count;
    }
    using dataclass = dc::options<dc::field<"total">{.init = false}>;
};

int main() {
    change();
    auto const order = dc::make<Order>("price"_k = 5, "count"_k = 3);
    print(order);
    print(dc::replace(order, "count"_k = 10));

    // --- A change that is refused
    try {
        print(dc::replace(order, "count"_k = -1));
    } catch (amphis::ValueError const& error) {
        print("ValueError:", error);
    }
}
