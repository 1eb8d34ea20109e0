// A graph that another thread goes on with: in Python all threads share all objects, here a graph moves as a whole
#include <amphis/builtins.hpp>
#include <amphis/gc.hpp>
#include <amphis/gc/island.hpp>

#include <thread>

namespace gc = amphis::gc;
using amphis::print;

struct Person {
    std::string name{};
    std::vector<gc::ptr<Person>> likes{};
};
gc::ptr<Person> friends(std::vector<std::string> const& names) {
    std::vector<gc::ptr<Person>> people;
    for (auto const& name : names) people.push_back(gc::make<Person>(name));
    for (auto const& one : people) {
        for (auto const& other : people) {
            if (other != one) one->likes.push_back(other);
        }
    }
    return people[0];
}
void use(gc::ptr<Person> const& person) {
    std::vector<std::string> names;
    for (auto const& other : person->likes) names.push_back(other->name);
    print(person->name, "likes", names);
}

int main() {
    gc::disable();
    // --- Made on this thread
    gc::island made([] { return friends({"ann", "bob", "cy"}); });

    // --- Used, and let go, on another
    std::thread([made = std::move(made)]() mutable { use(std::move(made).adopt()); }).join();

    // --- Nobody points to what moved from outside, or it does not move
    auto const outsider = gc::make<Person>("dora");
    try {
        gc::island guests([&] {
            auto const first = friends({"eve", "finn"});
            first->likes.push_back(outsider);
            return first;
        });
    } catch (amphis::ValueError const& error) {
        print(error);
    }
}
