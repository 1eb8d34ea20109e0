// dataclass: a class that is its fields
#include <amphis/builtins.hpp>
#include <amphis/dataclasses.hpp>

using amphis::print;
using namespace amphis::literals;
namespace dc = amphis::dataclasses;

// --- The class
struct Person {
    std::string name{};
    int age{};
    bool operator==(Person const&) const = default;
};

// --- It prints and compares
void show(Person const& p) {
    print(p);
    print(p == Person{"Alice", 30}, p == Person{"Bob", 30});
    print(std::vector{p, Person{"Bob", 25}});

    // --- By keyword
    print(dc::make<Person>("name"_k = "Carol", "age"_k = 41));

    // --- As a dict, as a tuple
    print(dc::asdict(p), dc::astuple(p));
    print(dc::asdict(p)["age"_k]);

    // --- What is known of its fields
    print(dc::match_args<Person>());
    for (auto const& f : dc::fields<Person>()) print(f.name, f.init, f.repr);
}

// --- Options: an order, a field that does not show, a list of its own
struct Account {
    std::string owner{};
    std::string password{};
    std::vector<std::string> tags = {"new"};
    int logins = 0;
    using dataclass = dc::options<dc::order, dc::field<"password">{.repr = false, .compare = false}, dc::has_default<"tags", "logins">>;
};

// --- Dataclasses within dataclasses
struct Team {
    Person lead{};
    std::vector<Person> others{};
};

int main() {
    show({"Alice", 30});
    auto const a = dc::make<Account>("ann", "secret");
    print(a, a.password);
    print(dc::lt(a, dc::make<Account>("bob", "", std::vector<std::string>{"vip"}, 3)), dc::eq(a, dc::make<Account>("ann", "other")));
    Team const team{{"Alice", 30}, {{"Bob", 25}}};
    print(team);
    print(dc::asdict(team));
    print(dc::asdict(team)["others"_k][0]["name"_k]);
}
