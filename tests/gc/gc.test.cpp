// SPDX-License-Identifier: MIT
// gc, the module: what it counts, finds, calls and lets go, beside CPython 3.11.
#include <amphis/gc.hpp>
#include <amphis/lang/exceptions.hpp>

#include "support/catch.hpp"
#include "support/gc.hpp"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

namespace gc = amphis::gc;
using amphis::RuntimeError;
using amphis::ValueError;

namespace {

using texts = std::vector<std::string>;

struct Node {
    gc::ptr<Node> next{};
    gc::ptr<Node> other{};
};
void cycle() {
    auto n = gc::make<Node>();
    n->next = n;
}

inline texts said;
class Finalized {
public:
    std::string name;
    gc::ptr<Finalized> next{};
    gc::ptr<Node> held{};
    bool keep = false;

    explicit Finalized(std::string n, bool k = false) : name(std::move(n)), keep(k) {}
    void traverse(auto&& visit) { visit(next, held); }
    void finalize();
};
inline std::vector<gc::ptr<Finalized>> kept;
void Finalized::finalize() {
    said.push_back(name);
    if (keep) kept.push_back(gc::self(this));
}

struct fresh : by_hand {
    fresh() {
        said.clear();
        kept.clear();
    }
    fresh(fresh const&) = delete;
    fresh& operator=(fresh const&) = delete;
    ~fresh() { kept.clear(); }
};

}  // namespace

// ---- what is found ---------------------------------------------------------------------------------------------------

TEST_CASE("collect: an object that points to itself", "[gc]") {
    by_hand const only;
    cycle();
    CHECK(gc::collect() == 1);  // >>> s.next = s; del s; gc.collect()
    CHECK(gc::collect() == 0);
}

TEST_CASE("collect: two that point to each other, and a tail that is held", "[gc]") {
    by_hand const only;
    {
        auto a = gc::make<Node>();
        auto b = gc::make<Node>(a);
        a->next = b;
    }
    CHECK(gc::collect() == 2);
    auto a = gc::make<Node>(gc::make<Node>(gc::make<Node>()));
    a->next->next->next = a->next;
    auto tail = a->next;
    a = nullptr;
    CHECK(gc::collect() == 0);
    tail = nullptr;
    CHECK(gc::collect() == 2);
}

namespace {
struct Lists {
    std::vector<gc::ptr<Lists>> list{};
    std::map<std::string, gc::ptr<Lists>> dict{};
    std::tuple<int, gc::ptr<Lists>> tuple{};
    std::optional<gc::ptr<Lists>> perhaps{};
    std::variant<int, gc::ptr<Lists>> either{};
    std::list<gc::ptr<Lists>> linked{};
    std::deque<gc::ptr<Lists>> both_ends{};
    std::set<gc::ptr<Lists>> set{};
    gc::ptr<Lists> array[2] = {};
    gc::member_ptr<int> part{};
    int number = 0;
};
}  // namespace
TEST_CASE("collect: a cycle through each container", "[gc]") {
    by_hand const only;
    void (*const closes[])(gc::ptr<Lists> const&, gc::ptr<Lists> const&) = {
        [](auto const& l, auto const& to) { l->list.push_back(to); },
        [](auto const& l, auto const& to) { l->dict["key"] = to; },
        [](auto const& l, auto const& to) { std::get<1>(l->tuple) = to; },
        [](auto const& l, auto const& to) { l->perhaps = to; },
        [](auto const& l, auto const& to) { l->either = to; },
        [](auto const& l, auto const& to) { l->linked.push_back(to); },
        [](auto const& l, auto const& to) { l->both_ends.push_back(to); },
        [](auto const& l, auto const& to) { l->set.insert(to); },
        [](auto const& l, auto const& to) { l->array[1] = to; },
        [](auto const& l, auto const& to) { l->part = gc::member_ptr<int>(to, &to->number); },
    };
    for (auto* const close : closes) {
        {
            auto one = gc::make<Lists>();
            close(one, one);
        }
        CHECK(gc::collect() == 1);
        for (auto* const back : closes) {
            auto one = gc::make<Lists>();
            auto two = gc::make<Lists>();
            close(one, two);
            back(two, one);
            one = nullptr;
            CHECK(gc::collect() == 0);
            two = nullptr;
            CHECK(gc::collect() == 2);
        }
    }
}

TEST_CASE("collect: an object with more than 65536 pointers to it", "[gc]") {
    by_hand const only;
    auto hub = gc::make<Lists>();
    for (int i = 0; i != 70'000; ++i) hub->list.push_back(hub);
    for (int i = 0; i != 40'000; ++i) hub->list.push_back(gc::make<Lists>());
    for (std::size_t i = 70'000; i != hub->list.size(); ++i) hub->list[i]->list.push_back(hub);
    CHECK(amphis::sys::getrefcount(hub) == 110'001);
    CHECK(gc::collect() == 0);
    CHECK(gc::collect(0) == 0);
    gc::ptr<Lists> const last = hub->list.back();
    hub = nullptr;
    CHECK(gc::collect() == 0);
    CHECK(last->list[0]->list.size() == 110'000);
    last->list.clear();
    CHECK(gc::collect() == 40'000);
}

TEST_CASE("collect: what is of an older generation is not looked at", "[gc]") {
    by_hand const only;
    auto n = gc::make<Node>();
    n->next = n;
    auto const other = n;
    gc::collect(0);
    // >>> x = S(); x.next = x; gc.collect(0); del x; gc.collect(0), gc.collect(1)
    auto m = gc::make<Node>();
    m->next = m;
    auto again = m;
    again = nullptr;  // noted
    gc::collect(0);
    m = nullptr;
    CHECK(gc::collect(0) == 0);
    CHECK(gc::collect(1) == 1);
    // >>> x = S(); x.next = x; gc.collect(2); del x; gc.collect(0), gc.collect(1), gc.collect(2)
    auto old = gc::make<Node>();
    old->next = old;
    gc::collect();
    old = nullptr;
    CHECK(gc::collect(0) == 0);
    CHECK(gc::collect(1) == 0);
    CHECK(gc::collect(2) == 1);
}

TEST_CASE("collect: only generations 0, 1 and 2", "[gc]") {
    // >>> gc.collect(3)
    for (int const wrong : {-1, 3, 1000}) {
        try {
            gc::collect(wrong);
            FAIL("no error");
        } catch (ValueError const& e) {
            CHECK(std::string(e.what()) == "invalid generation");
        }
    }
    CHECK_THROWS_WITH(gc::get_objects(3), "generation parameter must be less than the number of available generations (3)");
    CHECK_THROWS_WITH(gc::get_objects(-2), "generation parameter cannot be negative");
    CHECK(gc::get_objects(-1).size() == gc::get_objects().size());
}

// ---- the module ------------------------------------------------------------------------------------------------------

TEST_CASE("saveall: what is found is in garbage and not destroyed", "[gc]") {
    fresh const only;
    gc::set_debug(gc::DEBUG_SAVEALL);
    Node* address = nullptr;
    {
        auto n = gc::make<Node>();
        n->next = n;
        address = n.get();
    }
    CHECK(gc::collect() == 1);
    REQUIRE(gc::garbage.size() == 1);
    CHECK(gc::garbage[0].as<Node>().get() == address);
    CHECK(gc::garbage[0].as<Finalized>() == nullptr);
    CHECK(gc::collect() == 0);  // >>> gc.collect(), len(gc.garbage)
    CHECK(gc::garbage.size() == 1);
    gc::set_debug(0);
    CHECK(gc::get_debug() == 0);
    gc::garbage.clear();
    CHECK(gc::garbage.empty());
    CHECK(gc::collect() == 1);
}

TEST_CASE("get_referrers and get_referents", "[gc]") {
    by_hand const only;
    auto a = gc::make<Node>();
    auto b = gc::make<Node>();
    a->next = a->other = b;
    auto const from = gc::get_referents(a);  // >>> [type(x) for x in gc.get_referents(a)], which has S twice
    REQUIRE(from.size() == 2);
    CHECK(from[0] == b);
    CHECK(from[1] == b);
    auto const to = gc::get_referrers(b);
    REQUIRE(to.size() == 1);
    CHECK(to[0].as<Node>() == a);
    CHECK(gc::get_referrers(a).empty());
    CHECK(gc::get_referents(b).empty());
    CHECK(gc::get_referents(gc::ptr<Node>()).empty());
    CHECK(gc::get_referents(a, a).size() == 4);
    CHECK(gc::get_referrers(a, b).size() == 1);
}

TEST_CASE("get_objects: what can be in a cycle, by generation", "[gc]") {
    by_hand const only;
    std::size_t const before = gc::get_objects().size();
    struct Leaf {
        int number = 0;
    };
    auto leaf = gc::make<Leaf>();
    CHECK_FALSE(gc::is_tracked(leaf));  // >>> gc.is_tracked(1)
    CHECK(gc::get_objects().size() == before);
    auto n = gc::make<Node>();
    CHECK(gc::is_tracked(n));
    CHECK_FALSE(gc::is_tracked(gc::ptr<Node>()));
    CHECK(gc::get_objects().size() == before + 1);
    CHECK(gc::get_objects(0).size() == 1);
    gc::collect();
    CHECK(gc::get_objects(0).empty());
    CHECK(gc::get_objects(2).size() == before + 1);
}

TEST_CASE("freeze: what is frozen is left out, and keeps what it points to", "[gc]") {
    by_hand const only;
    auto n = gc::make<Node>();
    n->next = n;
    n->other = gc::make<Node>();
    n->other->next = n->other;
    gc::freeze();
    CHECK(gc::get_freeze_count() == gc::get_objects().size());
    auto late = gc::make<Node>();
    late->next = late;
    n->next->other->other = late;
    late = nullptr;
    n = nullptr;
    CHECK(gc::collect() == 0);  // >>> gc.freeze(); del x; gc.collect()
    CHECK(gc::collect(0) == 0);
    gc::unfreeze();
    CHECK(gc::get_freeze_count() == 0);
    CHECK(gc::collect() == 3);
}

TEST_CASE("get_count: younger collections since one of the next", "[gc]") {
    by_hand const only;
    gc::collect();
    auto const older = [] { return std::pair(std::get<1>(gc::get_count()), std::get<2>(gc::get_count())); };
    using two = std::pair<std::int64_t, std::int64_t>;
    CHECK(older() == two(0, 0));  // >>> gc.get_count()[1:]
    gc::collect(0);
    CHECK(older() == two(1, 0));
    gc::collect(1);
    CHECK(older() == two(0, 1));
    gc::collect(0);
    gc::collect(1);
    CHECK(older() == two(0, 2));
    gc::collect(2);
    CHECK(older() == two(0, 0));
    auto const n = gc::make<Node>();
    CHECK(std::get<0>(gc::get_count()) == 1);
    { auto const m = gc::make<Node>(); }
    CHECK(std::get<0>(gc::get_count()) == 1);
}

TEST_CASE("get_threshold and set_threshold, by one, two or three", "[gc]") {
    using three = std::tuple<std::int64_t, std::int64_t, std::int64_t>;
    CHECK(gc::get_threshold() == three(700, 10, 10));
    gc::set_threshold(5);
    CHECK(gc::get_threshold() == three(5, 10, 10));
    gc::set_threshold(1, 2);
    CHECK(gc::get_threshold() == three(1, 2, 10));
    gc::set_threshold(700, 10, 10);
    CHECK(gc::get_threshold() == three(700, 10, 10));
}

TEST_CASE("get_stats: of each generation", "[gc]") {
    by_hand const only;
    auto const before = gc::get_stats();
    REQUIRE(before.size() == 3);
    cycle();
    gc::collect(0);
    auto const after = gc::get_stats();
    CHECK(after[0].collections == before[0].collections + 1);
    CHECK(after[0].collected == before[0].collected + 1);
    CHECK(after[0].uncollectable == 0);
    CHECK(after[2].collections == before[2].collections);
}

TEST_CASE("automatic: above the threshold, unless it is 0 or disabled", "[gc]") {
    by_hand const only;
    gc::collect();
    gc::enable();
    CHECK(gc::isenabled());
    gc::set_threshold(10);
    auto const before = gc::get_stats()[0].collections;
    for (int i = 0; i != 11; ++i) cycle();
    CHECK(gc::get_stats()[0].collections == before + 1);
    for (int i = 0; i != 1100; ++i) cycle();
    CHECK(gc::get_objects().size() <= 11);
    gc::set_threshold(0);
    gc::collect();
    for (int i = 0; i != 2000; ++i) cycle();
    CHECK(gc::collect() == 2000);
    gc::set_threshold(700);
    gc::disable();
    CHECK_FALSE(gc::isenabled());
    for (int i = 0; i != 2000; ++i) cycle();
    CHECK(gc::collect() == 2000);
}

TEST_CASE("automatic: all generations, and old garbage goes in the end", "[gc]") {
    by_hand const only;
    gc::enable();
    gc::set_threshold(10, 2, 2);
    auto const before = gc::get_stats();
    std::vector<gc::ptr<Node>> live;
    for (int i = 0; i != 5000; ++i) {
        live.push_back(gc::make<Node>());
        cycle();
    }
    auto const after = gc::get_stats();
    for (std::size_t i = 0; i != 3; ++i) CHECK(after[i].collections > before[i].collections);
    CHECK(gc::get_objects().size() < 5100);
    gc::set_threshold(700, 10, 10);
}

TEST_CASE("callbacks: start and stop, with what was found", "[gc]") {
    by_hand const only;
    texts events;
    auto const id = gc::callbacks.append([&events](char const* phase, gc::collection_info const& info) {
        events.push_back(std::string(phase) + " " + std::to_string(info.generation) + " " + std::to_string(info.collected) + " " + std::to_string(info.uncollectable));
    });
    cycle();
    gc::collect(1);
    gc::collect();
    CHECK(events == texts{"start 1 0 0", "stop 1 1 0", "start 2 0 0", "stop 2 0 0"});
    CHECK(gc::callbacks.size() == 1);
    gc::callbacks.remove(id);
    CHECK(gc::callbacks.size() == 0);
    CHECK_THROWS_WITH(gc::callbacks.remove(id), "list.remove(x): x not in list");
    gc::collect();
    CHECK(events.size() == 4);
}

TEST_CASE("callbacks: one that removes all, adds one, raises, collects", "[gc]") {
    by_hand const only;
    int calls = 0;
    std::size_t nested = 1;
    gc::callbacks.append([&](char const*, gc::collection_info const&) {
        ++calls;
        gc::callbacks.clear();
        cycle();
        nested = gc::collect();
        throw ValueError("ignored");
    });
    gc::callbacks.append([&](char const*, gc::collection_info const&) { calls += 100; });
    cycle();
    CHECK(gc::collect() == 2);
    CHECK(calls == 1);
    CHECK(nested == 0);
    CHECK(gc::callbacks.size() == 0);
    gc::callbacks.append([&](char const* phase, gc::collection_info const&) {
        if (phase == std::string("start")) gc::callbacks.append([&](char const*, gc::collection_info const&) { ++calls; });
    });
    gc::collect();
    CHECK(gc::callbacks.size() == 2);
    CHECK(calls >= 2);
}

// ---- finalizers ------------------------------------------------------------------------------------------------------

TEST_CASE("finalize: of all in a cycle, in any order, the graph intact", "[gc]") {
    fresh const only;
    {
        auto a = gc::make<Finalized>("a");
        auto b = gc::make<Finalized>("b");
        a->next = b;
        b->next = a;
    }
    CHECK(gc::collect() == 2);
    std::sort(said.begin(), said.end());
    CHECK(said == texts{"a", "b"});  // >>> sorted(log)
}

TEST_CASE("finalize: one that is brought back keeps all that it reaches; it is not called again", "[gc]") {
    fresh const only;
    {
        auto a = gc::make<Finalized>("a", true);
        auto b = gc::make<Finalized>("b");
        a->next = b;
        b->next = a;
        CHECK_FALSE(gc::is_finalized(a));
    }
    CHECK(gc::collect() == 0);
    CHECK(said.size() == 2);
    REQUIRE(kept.size() == 1);
    CHECK(gc::is_finalized(kept[0]));
    CHECK(gc::is_finalized(kept[0]->next));
    CHECK(kept[0]->next->next == kept[0]);
    kept.clear();
    CHECK(gc::collect() == 2);
    CHECK(said.size() == 2);
}

TEST_CASE("finalize: a part is brought back, the rest goes", "[gc]") {
    fresh const only;
    {
        auto a = gc::make<Finalized>("a", true);
        a->next = a;
        auto c = gc::make<Finalized>("c");
        auto d = gc::make<Finalized>("d");
        c->next = d;
        d->next = c;
        c->held = gc::make<Node>();
        struct Both {
            gc::ptr<Finalized> one{};
            gc::ptr<Both> self{};
        };
        auto top = gc::make<Both>(a);
        top->self = top;
    }
    CHECK(gc::collect() == 4);  // top, c, d and the node
    CHECK(said.size() == 3);
    REQUIRE(kept.size() == 1);
    CHECK(kept[0]->next == kept[0]);
    kept.clear();
    CHECK(gc::collect() == 1);
}

TEST_CASE("finalize: by the count, in the order of the chain; brought back once", "[gc]") {
    fresh const only;
    gc::ptr<Finalized> head;
    for (char const* name : {"0", "1", "2", "3"}) {
        auto one = gc::make<Finalized>(name);
        one->next = std::move(head);
        head = std::move(one);
    }
    head = nullptr;
    CHECK(said == texts{"3", "2", "1", "0"});  // >>> log
    said.clear();
    auto f = gc::make<Finalized>("r", true);
    f = nullptr;
    CHECK(said == texts{"r"});
    REQUIRE(kept.size() == 1);
    CHECK(gc::is_finalized(kept[0]));
    CHECK(amphis::sys::getrefcount(kept[0]) == 1);
    kept.clear();
    CHECK(said == texts{"r"});
}

namespace {
int alive = 0;
struct Acyclic {
    int number = 0;
    Acyclic() { ++alive; }
    Acyclic(Acyclic const&) = delete;
    Acyclic& operator=(Acyclic const&) = delete;
    ~Acyclic() { --alive; }
    using gc_leaf = void;
    void finalize();
};
inline gc::ptr<Acyclic> rescued;
void Acyclic::finalize() { rescued = gc::self(this); }
}  // namespace
TEST_CASE("finalize: brings back what can be in no cycle", "[gc]") {
    by_hand const only;
    { auto const a = gc::make<Acyclic>(); }
    REQUIRE(rescued);
    CHECK(alive == 1);
    CHECK(amphis::sys::getrefcount(rescued) == 1);
    CHECK(gc::is_finalized(rescued));
    rescued = nullptr;
    CHECK(alive == 0);
}

namespace {
struct Acting {
    gc::ptr<Acting> next{};
    void (*act)(Acting&) = nullptr;
    explicit Acting(void (*does)(Acting&)) : act(does) {}
    void traverse(auto&& visit) { visit(next); }
    void finalize() { act(*this); }
};
void dies_in_a_cycle(void (*act)(Acting&)) {
    auto a = gc::make<Acting>(act);
    a->next = a;
}
std::size_t result = 99;
}  // namespace
TEST_CASE("finalize: an exception is reported and ignored", "[gc]") {
    by_hand const only;
    dies_in_a_cycle([](Acting&) { throw ValueError("expected on stderr"); });
    CHECK(gc::collect() == 1);
    { auto a = gc::make<Acting>([](Acting&) { throw ValueError("expected on stderr"); }); }
    CHECK(gc::get_objects().empty());
}

TEST_CASE("finalize: garbage that it makes goes in the next collection", "[gc]") {
    by_hand const only;
    dies_in_a_cycle([](Acting&) { cycle(); });
    CHECK(gc::collect() == 1);  // >>> gc.collect(), gc.collect()
    CHECK(gc::collect() == 1);
    dies_in_a_cycle([](Acting&) {
        for (int i = 0; i != 3000; ++i) cycle();
    });
    gc::enable();
    CHECK(gc::collect() == 1);
    CHECK(gc::collect() == 3000);
}

TEST_CASE("finalize: collects within a collection, which does nothing", "[gc]") {
    by_hand const only;
    result = 99;
    dies_in_a_cycle([](Acting&) { result = gc::collect(); });
    CHECK(gc::collect() == 1);
    CHECK(result == 0);  // >>> log
}

TEST_CASE("finalize: takes the cycle apart itself", "[gc]") {
    by_hand const only;
    dies_in_a_cycle([](Acting& me) { me.next = nullptr; });
    CHECK(gc::collect() == 0);  // it died by its count
    CHECK(gc::get_objects().empty());
    {
        auto a = gc::make<Acting>([](Acting& me) { me.next = nullptr; });
        auto b = gc::make<Acting>([](Acting& me) { me.next = nullptr; });
        a->next = b;
        b->next = a;
    }
    gc::collect();
    CHECK(gc::get_objects().empty());
}

TEST_CASE("finalize: freezes, saves and enables while others go", "[gc]") {
    by_hand const only;
    for (auto* const act : {+[](Acting&) { gc::freeze(); }, +[](Acting&) { gc::unfreeze(); }, +[](Acting&) { gc::set_debug(gc::DEBUG_SAVEALL); },
                            +[](Acting&) { gc::enable(), gc::set_threshold(1), cycle(), cycle(), cycle(); }}) {
        dies_in_a_cycle(act);
        dies_in_a_cycle(act);
        gc::collect();
        gc::unfreeze();
        gc::set_debug(0);
        gc::set_threshold(700);
        gc::garbage.clear();
        gc::collect();
        gc::collect();
        CHECK(gc::get_objects().empty());
    }
}

namespace {
struct Owner {
    std::map<int, gc::ptr<Acting>> table{};
    std::vector<gc::ptr<Acting>> list{};
    gc::ptr<Owner> self{};
    gc::ptr<Node> canary{};
};
}  // namespace
TEST_CASE("finalize: collects while a container of a living object is cleared", "[gc]") {
    by_hand const only;
    gc::enable();
    gc::set_threshold(1);
    auto owner = gc::make<Owner>();
    owner->self = owner;
    owner->canary = gc::make<Node>();
    auto const act = [](Acting&) {
        cycle();
        cycle();
        auto const fills_the_hole = gc::make<Acting>([](Acting&) {});
        cycle();
        gc::collect();
    };
    for (int i = 0; i != 100; ++i) {
        owner->table[i] = gc::make<Acting>(act);
        owner->list.push_back(gc::make<Acting>(act));
    }
    owner->table.clear();
    owner->list.clear();
    gc::set_threshold(700);
    gc::collect();
    CHECK(owner->self == owner);
    CHECK(owner->canary);
    CHECK(gc::get_objects().size() == 2);
}

namespace {
struct Destroyed {
    gc::ptr<Destroyed> next{};
    gc::ptr<Node> node{};
    static inline int met_null = 0;
    Destroyed() = default;
    Destroyed(Destroyed const&) = delete;
    Destroyed& operator=(Destroyed const&) = delete;
    ~Destroyed() {
        if (next == nullptr) ++met_null;
        cycle();
        gc::collect();
        CHECK_THROWS_AS(gc::self(this), RuntimeError);
    }
    void traverse(auto&& visit) { visit(next, node); }
};
}  // namespace
TEST_CASE("destructors: make and collect, and meet nothing that is gone", "[gc]") {
    by_hand const only;
    {
        auto a = gc::make<Destroyed>();
        auto b = gc::make<Destroyed>();
        a->next = b;
        b->next = a;
        b->node = gc::make<Node>();
    }
    Destroyed::met_null = 0;
    CHECK(gc::collect() == 3);
    CHECK(Destroyed::met_null == 2);
    { auto const one = gc::make<Destroyed>(); }
    gc::collect();
    CHECK(gc::get_objects().empty());
}

TEST_CASE("finalize: at the end of a chain of 100,000", "[gc]") {
    fresh const only;
    auto head = gc::make<Finalized>("last");
    for (int i = 1; i != 100'000; ++i) {
        auto one = gc::make<Finalized>("x");
        one->next = std::move(head);
        head = std::move(one);
    }
    head = nullptr;
    REQUIRE(said.size() == 100'000);
    CHECK(said.back() == "last");
}

TEST_CASE("collect: a ring whose finalizers bring each other back in turn", "[gc]") {
    fresh const only;
    {
        auto first = gc::make<Finalized>("0", true);
        auto last = first;
        for (int i = 1; i != 100; ++i) {
            last->next = gc::make<Finalized>(std::to_string(i), i % 2 == 0);
            last = last->next;
        }
        last->next = first;
    }
    CHECK(gc::collect() == 0);
    CHECK(said.size() == 100);
    CHECK(kept.size() == 50);
    kept.clear();
    CHECK(gc::collect() == 100);
    CHECK(said.size() == 100);
}
