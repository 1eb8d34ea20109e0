// copy and deepcopy: what a copy shares with the original
#include <amphis/builtins.hpp>
#include <amphis/copy.hpp>

#include <memory>

using amphis::print;
namespace copy = amphis::copy;

// --- Objects that refer to others
struct Person {
    std::string name{};
    std::weak_ptr<Person> known{};
};
struct Team {
    std::string title{};
    std::vector<std::shared_ptr<Person>> members{};
    std::shared_ptr<Person> lead{};
};

// --- A shallow copy shares them
void copies(Team const& team) {
    Team shallow = copy::copy(team);
    shallow.title = "blue";
    print(team.title, shallow.title);
    print(shallow.members[0] == team.members[0]);

    // --- A deep copy has its own
    Team const deep = copy::deepcopy(team);
    deep.members[0]->name = "Anna";
    print(team.members[0]->name, deep.members[0]->name);

    // --- What was one object twice is one object twice
    print(deep.members[0] == deep.lead);
    print(deep.lead->name);
}

// --- Cycles close
void cycles(std::vector<std::shared_ptr<Person>> const& people) {
    people[0]->known = people[1];
    people[1]->known = people[0];
    auto const other = copy::deepcopy(people);
    print(other[0] == people[0], other[1]->known.lock() == other[0]);
}

// --- A class may say how it is copied
struct Counter {
    int n = 0;
    Counter copy() const { return {n + 1}; }
    Counter deepcopy(copy::memo&) const { return {n + 100}; }
};

int main() {
    auto const ann = std::make_shared<Person>(Person{"Ann"}), bob = std::make_shared<Person>(Person{"Bob"});
    copies({"red", {ann, bob}, ann});
    cycles({ann, bob});
    print(copy::copy(Counter()).n, copy::deepcopy(std::vector<Counter>(1))[0].n);
}
