// Tracing: how the collector knows what an object holds
#include <amphis/builtins.hpp>
#include <amphis/gc.hpp>

#include <map>

namespace gc = amphis::gc;

struct Item {
    std::string name{};
    gc::ptr<void> holder{};
    void finalize() const { amphis::print("released", name); }
};

// --- What has fields says nothing, whatever they are
struct Box {
    std::map<std::string, std::vector<gc::ptr<Item>>> by_name{};
};
void in_a_box(gc::ptr<Box> const& box) { box->by_name["first"].push_back(gc::make<Item>("in a box", box)); }

// --- What hides its fields
class Account {
    gc::ptr<Item> owner_{};
public:
    using gc_fields = gc::fields<&Account::owner_>;
    void open(gc::ptr<Item> owner) { owner_ = std::move(owner); }
};

// --- What decides by itself what it shows: in Python, only what is written in C
class Ring {
    std::vector<gc::ptr<Item>> items_{};
public:
    void traverse(auto&& visit) { visit(items_); }
    void append(gc::ptr<Item> item) { items_.push_back(std::move(item)); }
};

// --- What holds nothing that points
class Clock {
    std::string zone_{"UTC"};
public:
    using gc_leaf = void;
};
struct Timed {
    Clock clock{};
    gc::ptr<Item> item{};
};

int main() {
    // --- The collector finds all of them
    gc::disable();
    in_a_box(gc::make<Box>());
    gc::collect();
    if (auto const account = gc::make<Account>()) account->open(gc::make<Item>("of an account", account));
    gc::collect();
    if (auto const ring = gc::make<Ring>()) ring->append(gc::make<Item>("in a ring", ring));
    gc::collect();
    if (auto const timed = gc::make<Timed>()) timed->item = gc::make<Item>("beside a clock", timed);
    gc::collect();
}
