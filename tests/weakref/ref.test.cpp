// SPDX-License-Identifier: MIT
#include <amphis/builtins.hpp>
#include <amphis/gc.hpp>
#include <amphis/weakref.hpp>

#include "support/catch.hpp"

#include <deque>
#include <memory>
#include <string>
#include <thread>
#include <unordered_set>
#include <utility>
#include <vector>

namespace {

namespace gc = amphis::gc;
namespace weakref = amphis::weakref;
namespace sys = amphis::sys;
using amphis::repr;
using texts = std::vector<std::string>;

struct Node {
    std::string name{};
    gc::ptr<Node> next{};
    std::vector<gc::ptr<Node>> children{};
    weakref::ref<Node> up{};
};
/// Cannot be in a cycle.
struct Leaf {
    int n = 0;
};
struct Value {
    int n = 0;
    bool operator==(Value const&) const = default;
    [[nodiscard]] std::uint64_t hash() const { return static_cast<std::uint64_t>(n); }
};
struct Base {
    int n = 1;
    virtual ~Base() = default;
    [[nodiscard]] virtual int get() const { return n; }
};
struct Derived : Base {
    gc::ptr<Base> other{};
    [[nodiscard]] int get() const override { return 2; }
    void traverse(auto&& visit) { visit(other); }
};

texts said;
gc::ptr<void> kept;
/// Does what it is told when it goes.
struct Dying {
    gc::ptr<Dying> me{};
    gc::ptr<Dying> other{};
    weakref::ref<Dying> watched{};
    void (*words)(Dying&) = nullptr;
    explicit Dying(void (*last)(Dying&) = nullptr) : words(last) {}
    Dying(Dying const&) = delete;
    ~Dying() { said.push_back("gone"); }
    void finalize() {
        said.push_back("finalize");
        if (words != nullptr) words(*this);
    }
    void traverse(auto&& visit) { visit(me, other, watched); }
};
struct told {
    std::string what;
    template <class T>
    void operator()(weakref::ref<T> const& gone) const {
        said.push_back(what + (gone() == nullptr ? "" : " while it lives"));
    }
};

struct Pair {
    gc::ptr<Pair> other{};
    static weakref::ref<Pair>& watched() {
        static weakref::ref<Pair> w;
        return w;
    }
    explicit Pair(int) {}
    Pair(Pair const&) = delete;
    ~Pair() { said.push_back(watched()() == nullptr ? "null" : "found"); }
    void finalize() { watched() = weakref::ref(gc::self(this)); }
    void traverse(auto&& visit) { visit(other); }
};
struct Outer {
    gc::ptr<Leaf> inner{};
    weakref::ref<Leaf> to_inner{};
    weakref::ref<Outer> to_self{};
    Outer() = default;
    Outer(Outer const&) = delete;
    ~Outer() {
        inner = nullptr;
        said.push_back(to_inner() == nullptr && to_self() == nullptr ? "null" : "found");
    }
    void traverse(auto&& visit) { visit(inner); }
};

static_assert(sizeof(weakref::ref<Node>) == 8 && sizeof(weakref::proxy<Node>) == 8);
static_assert(amphis::detail::gc::kind_of<weakref::ref<Node>> == amphis::detail::gc::kind::weak);
static_assert(amphis::detail::gc::acyclic<Leaf> && !amphis::detail::gc::acyclic<Node>);
static_assert(std::is_nothrow_move_constructible_v<weakref::ref<Node>> && std::is_nothrow_move_assignable_v<weakref::ref<Node>>);
static_assert(std::is_convertible_v<weakref::ref<Derived>, weakref::ref<Base>> && !std::is_convertible_v<weakref::ref<Base>, weakref::ref<Derived>>);

}  // namespace

TEST_CASE("ref: gives the object while it lives, and null afterwards", "[weakref]") {
    auto node = gc::make<Node>("a");
    weakref::ref const w(node);
    CHECK(w() == node);
    CHECK(w()->name == "a");
    CHECK(sys::getrefcount(node) == 1);  // sys.getrefcount(node) - 1
    auto second = w();
    node = nullptr;
    CHECK(w() == second);
    second = nullptr;
    CHECK(w() == nullptr);
    weakref::ref<Node> const nothing;
    CHECK(nothing() == nullptr);
}

TEST_CASE("ref: without a callback there is one of them", "[weakref]") {
    auto const node = gc::make<Node>("a");
    CHECK(weakref::getweakrefcount(node) == 0);
    weakref::ref const w(node);
    CHECK(weakref::ref(node).is(w));  // >>> weakref.ref(o) is weakref.ref(o)
    CHECK(weakref::getweakrefcount(node) == 1);
    weakref::ref const with(node, told{"x"});
    CHECK_FALSE(with.is(w));
    CHECK(weakref::ref(node).is(w));
    CHECK(weakref::getweakrefcount(node) == 2);
    CHECK(weakref::getweakrefs(node).size() == 2);
    CHECK(weakref::getweakrefs(node)[0].is(w));
    CHECK(with.has_callback());
    CHECK_FALSE(w.has_callback());
}

TEST_CASE("ref: when the last of them goes the object has none", "[weakref]") {
    auto const node = gc::make<Node>("a");
    {
        weakref::ref const first(node, told{"x"});
        weakref::ref const second(node);
        weakref::ref const third(node, told{"x"});
        auto const copy = second;
        CHECK(weakref::getweakrefcount(node) == 3);
    }
    CHECK(weakref::getweakrefcount(node) == 0);
}

TEST_CASE("ref: null has no weak reference", "[weakref]") {
    gc::ptr<Node> const none;
    CHECK_THROWS_WITH(weakref::ref(none), "cannot create weak reference to 'NoneType' object");
    CHECK_THROWS_WITH(weakref::ref(none, told{"x"}), "cannot create weak reference to 'NoneType' object");
    CHECK_THROWS_WITH(weakref::proxy(none), "cannot create weak reference to 'NoneType' object");
}

TEST_CASE("ref: callbacks are called once, the newest first, and get null", "[weakref]") {
    said.clear();
    auto node = gc::make<Node>("a");
    weakref::ref const plain(node);
    weakref::ref const one(node, told{"1"});
    weakref::ref const two(node, told{"2"});
    weakref::ref const three(node, told{"3"});
    node = nullptr;
    CHECK(said == texts{"3", "2", "1"});
    CHECK_FALSE(one.has_callback());
}

TEST_CASE("ref: the callback of one that is gone is not called", "[weakref]") {
    said.clear();
    auto node = gc::make<Node>("a");
    { weakref::ref const w(node, told{"1"}); }
    std::vector<weakref::ref<Node>> all;
    all.emplace_back(node, told{"older"});
    weakref::ref const newer(node, [&all](auto const&) {
        said.push_back("newer");
        all.clear();
    });
    node = nullptr;
    CHECK(said == texts{"newer"});
}

TEST_CASE("ref: what a callback holds goes when it was called", "[weakref]") {
    auto held = gc::make<Node>("held");
    weakref::ref const seen(held);
    auto node = gc::make<Node>("a");
    weakref::ref const w(node, [held](auto const&) { static_cast<void>(held); });
    held = nullptr;
    CHECK(seen() != nullptr);
    node = nullptr;
    CHECK(seen() == nullptr);
}

TEST_CASE("ref: a callback that raises does not keep others from being called", "[weakref]") {
    said.clear();
    auto node = gc::make<Node>("a");
    weakref::ref const one(node, told{"1"});
    weakref::ref const two(node, [](auto const&) { throw amphis::ValueError("reported"); });
    node = nullptr;
    CHECK(said == texts{"1"});
}

TEST_CASE("ref: a callback may make and drop objects and weak references", "[weakref]") {
    said.clear();
    auto node = gc::make<Node>("a");
    auto other = gc::make<Node>("b");
    weakref::ref<Node> of_other(other, told{"b gone"});
    weakref::ref const w(node, [&](auto const&) {
        other = nullptr;
        auto const third = gc::make<Node>("c");
        weakref::ref const again(third);
        said.push_back(again()->name);
        CHECK(gc::collect() == 0);
    });
    node = nullptr;
    CHECK(said == texts{"b gone", "c"});
    CHECK(of_other() == nullptr);
}

TEST_CASE("ref: is equal while the objects live and are equal, then by identity", "[weakref]") {
    auto a = gc::make<Value>(1);
    auto b = gc::make<Value>(1);
    auto c = gc::make<Value>(2);
    weakref::ref const ra(a), rb(b), rc(c), with(a, told{"x"});
    CHECK(ra == rb);  // >>> weakref.ref(C(1)) == weakref.ref(C(1)), both kept
    CHECK(ra == with);
    CHECK(ra != rc);
    CHECK(ra.hash() == rb.hash());
    a = nullptr;
    CHECK(ra != rb);
    CHECK(ra != with);
    CHECK(ra == ra);
    CHECK(ra.hash() == rb.hash());
    c = nullptr;
    CHECK_THROWS_WITH(rc.hash(), "weak object has gone away");
    auto const n = gc::make<Node>("n");
    auto const m = gc::make<Node>("n");
    CHECK(weakref::ref(n) != weakref::ref(m));  // no ==: they are two objects
    std::unordered_set<weakref::ref<Node>> all{weakref::ref(n), weakref::ref(m), weakref::ref(n)};
    CHECK(all.size() == 2);
}

TEST_CASE("ref: of a derived class is one of its base class", "[weakref]") {
    auto d = gc::make<Derived>();
    weakref::ref<Derived> const w(d);
    weakref::ref<Base> const base = w;
    CHECK(base()->get() == 2);
    CHECK(weakref::getweakrefcount(d) == 1);
    gc::ptr<Base> const as_base = d;
    CHECK(weakref::ref(as_base) == base);
    weakref::ref<Base> const direct(d);
    CHECK(direct.is(base));
}

TEST_CASE("ref: copies and moves are the same reference", "[weakref]") {
    said.clear();
    auto node = gc::make<Node>("a");
    weakref::ref w(node, told{"x"});
    auto copy = w;
    auto moved = std::move(w);
    CHECK(copy.is(moved));
    CHECK(w() == nullptr);  // NOLINT(bugprone-use-after-move)
    w = copy;
    auto& self = w;
    w = self;
    copy = weakref::ref<Node>();
    CHECK(w() == node);
    node = nullptr;
    CHECK(said == texts{"x"});
}

TEST_CASE("ref: prints its object, or that it is dead", "[weakref]") {
    auto node = gc::make<Node>("a");
    weakref::ref const w(node);
    CHECK(repr(w).find("; to 'Node' at 0x") != std::string::npos);
    CHECK(repr(w).starts_with("<weakref at 0x"));
    node = nullptr;
    CHECK(repr(w).ends_with("; dead>"));
}

TEST_CASE("ref: of an object that can be in no cycle, of a large one, and of very many", "[weakref]") {
    struct Large {
        char bytes[100'000];
    };
    auto leaf = gc::make<Leaf>(1);
    auto large = gc::make<Large>();
    weakref::ref const a(leaf);
    weakref::ref const b(large);
    leaf = nullptr;
    large = nullptr;
    CHECK((a() == nullptr && b() == nullptr));
    std::vector<gc::ptr<Leaf>> all;
    std::vector<weakref::ref<Leaf>> refs;
    for (int i = 0; i != 10'000; ++i) refs.emplace_back(all.emplace_back(gc::make<Leaf>(i)));
    for (std::size_t i = 0; i != all.size(); i += 2) all[i] = nullptr;
    bool right = true;
    for (std::size_t i = 0; i != refs.size(); ++i) right = right && refs[i]() == all[i];
    CHECK(right);
}

// ---- the order in which an object goes -------------------------------------------------------------------------------

TEST_CASE("death by count: finalize(), then callbacks, then the destructor", "[weakref][finalize]") {
    said.clear();
    static weakref::ref<Dying> seen;
    auto d = gc::make<Dying>([](Dying&) { said.push_back(seen() != nullptr ? "there" : "null"); });
    seen = weakref::ref(d);
    weakref::ref const w(d, told{"callback"});
    d = nullptr;
    CHECK(said == texts{"finalize", "there", "callback", "gone"});  // CPython: del True, cb None
}

TEST_CASE("death in a collection: callbacks, then finalize(), then the destructor", "[weakref][finalize]") {
    said.clear();
    static weakref::ref<Dying> seen;
    auto d = gc::make<Dying>([](Dying&) { said.push_back(seen() != nullptr ? "there" : "null"); });
    d->me = d;
    seen = weakref::ref(d);
    weakref::ref const w(d, told{"callback"});
    d = nullptr;
    CHECK(gc::collect() == 1);
    CHECK(said == texts{"callback", "finalize", "null", "gone"});  // CPython: cb None, del None
}

TEST_CASE("resurrected by its count: the weak references stay", "[weakref][finalize]") {
    said.clear();
    auto d = gc::make<Dying>([](Dying& self) { kept = gc::self(&self); });
    weakref::ref const w(d), with(d, told{"callback"});
    d = nullptr;
    CHECK(said == texts{"finalize"});
    CHECK(w() == kept);
    kept = nullptr;
    CHECK(said == texts{"finalize", "callback", "gone"});
    CHECK(w() == nullptr);
}

TEST_CASE("resurrected in a collection: the weak references are cleared all the same", "[weakref][finalize]") {
    said.clear();
    auto d = gc::make<Dying>([](Dying& self) { kept = gc::self(&self); });
    d->me = d;
    weakref::ref const w(d), with(d, told{"callback"});
    d = nullptr;
    CHECK(gc::collect() == 0);
    CHECK(said == texts{"callback", "finalize"});
    CHECK((w() == nullptr && with() == nullptr));  // CPython: None None
    d = gc::object(kept).as<Dying>();
    REQUIRE(d);
    weakref::ref const again(d);
    CHECK(again() == d);
    d->me = nullptr;
    kept = nullptr;
    d = nullptr;
    CHECK(again() == nullptr);
}

TEST_CASE("a weak reference that finalize() makes is cleared too, and its callback is called", "[weakref][finalize]") {
    static weakref::ref<Dying> made, plain;
    auto const make = [](Dying& self) {
        made = weakref::ref(gc::self(&self), told{"callback"});
        plain = weakref::ref(gc::self(&self));
    };
    said.clear();
    auto d = gc::make<Dying>(make);
    d = nullptr;
    CHECK(said == texts{"finalize", "callback", "gone"});
    CHECK((made() == nullptr && plain() == nullptr));
    said.clear();
    d = gc::make<Dying>(make);
    d->me = d;
    d = nullptr;
    CHECK(gc::collect() == 1);
    CHECK(amphis::sorted(said) == texts{"callback", "finalize", "gone"});
    CHECK((made() == nullptr && plain() == nullptr));
}

TEST_CASE("what finalize() made weak references to is not found while the others of its cycle are destroyed", "[weakref][finalize]") {
    said.clear();
    auto a = gc::make<Pair>(0);
    a->other = gc::make<Pair>(0);
    a->other->other = a;
    a = nullptr;
    CHECK(gc::collect() == 2);
    CHECK(said == texts{"null", "null"});
}

TEST_CASE("collection: the callback of a weak reference that is garbage itself is not called", "[weakref]") {
    // >>> a.b = b; b.a = a; a.w = ref(b, never); out = ref(b, called); del a, b; gc.collect()
    said.clear();
    auto a = gc::make<Node>("a");
    auto b = gc::make<Node>("b", a);
    a->next = b;
    a->up = weakref::ref(b, told{"never"});
    weakref::ref const out(b, told{"called"});
    a = b = nullptr;
    CHECK(gc::collect() == 2);
    CHECK(said == texts{"called"});
}

TEST_CASE("collection: a weak reference of which the garbage has one copy of two is told", "[weakref]") {
    said.clear();
    auto a = gc::make<Node>("a");
    a->next = a;
    a->up = weakref::ref(a, told{"called"});
    auto const copy = a->up;
    a = nullptr;
    CHECK(gc::collect() == 1);
    CHECK(said == texts{"called"});
}

TEST_CASE("collection: garbage that holds weak references to what stays leaves their callbacks alone", "[weakref]") {
    // What one collection counts must not be there in the next.
    said.clear();
    auto stays = gc::make<Node>("stays");
    weakref::ref w(stays, told{"called"});
    for (int i = 0; i != 2; ++i) {  // as many as there are uses in the end
        auto a = gc::make<Node>("a");
        a->next = a;
        a->up = w;
        weakref::ref const of_a(a);
        a = nullptr;
        CHECK(gc::collect() == 1);
    }
    auto holder = gc::make<Node>("holder");
    holder->up = w;
    holder->next = holder;
    stays->next = stays;
    stays = nullptr;
    CHECK(gc::collect() == 1);
    CHECK(said == texts{"called"});
    holder->next = nullptr;
}

TEST_CASE("collection: a callback cannot bring back what the collection found", "[weakref]") {
    said.clear();
    auto a = gc::make<Node>("a");
    auto b = gc::make<Node>("b", a);
    a->next = b;
    weakref::ref const to_b(b);
    weakref::ref const to_a(a, [&to_b](auto const&) { said.push_back(to_b() == nullptr ? "null" : "found"); });
    a = b = nullptr;
    CHECK(gc::collect() == 2);
    CHECK(said == texts{"null"});
}

TEST_CASE("collection: callbacks may drop, make and collect", "[weakref]") {
    said.clear();
    auto a = gc::make<Node>("a");
    a->next = a;
    auto other = gc::make<Node>("other");
    weakref::ref const of_other(other, told{"other"});
    weakref::ref const w(a, [&other](auto const&) {
        other = nullptr;
        CHECK(gc::collect() == 0);
        auto fresh = gc::make<Node>("fresh");
        fresh->next = fresh;
    });
    a = nullptr;
    CHECK(gc::collect() == 1);
    CHECK(said == texts{"other"});
    CHECK(gc::collect() == 1);
}

TEST_CASE("collection: gc.garbage keeps what is saved, without its weak references", "[weakref]") {
    auto a = gc::make<Node>("a");
    a->next = a;
    weakref::ref const w(a);
    a = nullptr;
    gc::set_debug(gc::DEBUG_SAVEALL);
    gc::collect();
    gc::set_debug(0);
    CHECK(w() == nullptr);
    REQUIRE(gc::garbage.size() == 1);
    if (auto const saved = gc::garbage[0].as<Node>()) saved->next = nullptr;
    gc::garbage.clear();
    CHECK(gc::collect() == 0);
}

TEST_CASE("an object on its way out is not found", "[weakref]") {
    said.clear();
    auto o = gc::make<Outer>();
    o->inner = gc::make<Leaf>(1);
    o->to_inner = weakref::ref(o->inner);
    o->to_self = weakref::ref(o);
    o = nullptr;
    CHECK(said == texts{"null"});
}

TEST_CASE("a long list whose nodes are watched is dropped without recursion", "[weakref]") {
    gc::ptr<Node> head;
    std::vector<weakref::ref<Node>> all;
    for (int i = 0; i != 100'000; ++i) {
        head = gc::make<Node>("", std::move(head));
        all.emplace_back(head);
    }
    head = nullptr;
    CHECK(all.front()() == nullptr);
    CHECK(all.back()() == nullptr);
}

TEST_CASE("very many callbacks of one collection are called in their order", "[weakref]") {
    constexpr int many = 50'000;
    std::vector<weakref::ref<Node>> all;
    int called = 0;
    {
        gc::ptr<Node> const first = gc::make<Node>("first");
        gc::ptr<Node> last = first;
        for (int i = 1; i != many; ++i) {
            last->next = gc::make<Node>("");
            last = last->next;
            all.emplace_back(last, [&called](auto const&) { ++called; });
        }
        last->next = first;
    }
    CHECK(gc::collect() == many);
    CHECK(called == many - 1);
}

TEST_CASE("weak references, finalizers and collections in one program", "[weakref][finalize]") {
    said.clear();
    auto const before = gc::get_objects().size();
    {
        auto a = gc::make<Node>("a");
        auto b = gc::make<Node>("b", a);
        a->next = b;
    }
    CHECK(gc::collect() == 2);
    auto n = gc::make<Node>("kept");
    auto w = weakref::ref(n, told{"gone"});
    CHECK((w() ? w()->name : "None") == "kept");
    CHECK(sys::getrefcount(n) == 1);
    n->children.push_back(n);
    n = nullptr;
    CHECK(gc::collect() == 1);
    CHECK(said == texts{"gone"});
    CHECK(w() == nullptr);
    { auto const p = gc::make<Dying>(); }
    CHECK(said == texts{"gone", "finalize", "gone"});
    gc::ptr<Node> head;
    for (int i = 0; i != 300'000; ++i) head = gc::make<Node>("", std::move(head));
    head = nullptr;
    CHECK(gc::get_objects().size() == before);
}

// ---- proxy, WeakMethod -----------------------------------------------------------------------------------------------

TEST_CASE("proxy: is used as the object, and raises when it is gone", "[weakref][proxy]") {
    auto node = gc::make<Node>("a");
    weakref::proxy const p(node);
    p->name += "b";
    CHECK((*p).name == "ab");
    CHECK(p == node);
    CHECK(p == weakref::proxy(node));
    CHECK(repr(p).starts_with("<weakproxy at 0x"));
    node = nullptr;
    CHECK_THROWS_AS(p->name, amphis::ReferenceError);
    CHECK_THROWS_WITH((*p).name, "weakly-referenced object no longer exists");
    CHECK_THROWS_AS(p == p, amphis::ReferenceError);
}

TEST_CASE("proxy: calls its object", "[weakref][proxy]") {
    struct Table {
        std::vector<int> rows{1, 2, 3};
        int operator()(int a, int b) const { return a + b + rows[0]; }
    };
    auto t = gc::make<Table>();
    weakref::proxy const p(t);
    CHECK(p(1, 2) == 4);
    t = nullptr;
    CHECK_THROWS_AS(p(1, 2), amphis::ReferenceError);
}

TEST_CASE("proxy: its callback gets the proxy", "[weakref][proxy]") {
    said.clear();
    auto node = gc::make<Node>("a");
    weakref::proxy const p(node, [](weakref::proxy<Node> const& gone) {
        try {
            said.push_back(gone->name);
        } catch (amphis::ReferenceError const& e) {
            said.push_back(e.what());
        }
    });
    node = nullptr;
    CHECK(said == texts{"weakly-referenced object no longer exists"});
}

namespace {
struct Panel {
    int drawn = 0;
    int draw(int times) { return drawn += times; }
    [[nodiscard]] int count() const { return drawn; }
    void nothing() {}
};
}  // namespace

TEST_CASE("WeakMethod: binds while the object lives", "[weakref][WeakMethod]") {
    auto panel = gc::make<Panel>();
    weakref::WeakMethod const draw(panel, &Panel::draw);
    CHECK(draw()(2) == 2);
    CHECK(weakref::WeakMethod(panel, &Panel::count)()() == 2);
    CHECK(sys::getrefcount(panel) == 1);
    CHECK(draw == weakref::WeakMethod(panel, &Panel::draw));
    auto bound = draw();
    panel = nullptr;
    CHECK(bound(1) == 3);  // it keeps its object
    bound = {nullptr, &Panel::draw};
    CHECK_FALSE(draw());
    CHECK(draw() == nullptr);
    CHECK_THROWS_WITH(draw()(1), "'NoneType' object is not callable");
    CHECK(draw == draw);
}

TEST_CASE("WeakMethod: its callback gets it", "[weakref][WeakMethod]") {
    said.clear();
    auto panel = gc::make<Panel>();
    weakref::WeakMethod const draw(panel, &Panel::draw, [](auto const& gone) { said.push_back(gone() == nullptr ? "gone" : "there"); });
    panel = nullptr;
    CHECK(said == texts{"gone"});
}

// ---- static storage --------------------------------------------------------------------------------------------------

namespace {
// Destroyed after the heap, with and without an object.
weakref::ref<Node> of_what_is_gone;
gc::ptr<Node> of_static_storage;
weakref::ref<Node> of_what_lives_on;
}  // namespace

TEST_CASE("ref: in static storage outlives its heap", "[weakref]") {
    auto const local = gc::make<Node>("a");
    of_what_is_gone = weakref::ref(local);
    of_static_storage = gc::make<Node>("b");
    of_what_lives_on = weakref::ref(of_static_storage, [](auto const& gone) { static_cast<void>(gone() == nullptr); });
    CHECK(of_what_lives_on() == of_static_storage);
}

TEST_CASE("ref: outlives its thread", "[weakref]") {
    weakref::ref<Node> left;
    said.clear();
    std::thread([&left] {
        auto node = gc::make<Node>("a");
        node->next = node;  // the end of the thread collects it
        left = weakref::ref(node, told{"gone"});
    }).join();
    CHECK(said == texts{"gone"});
    CHECK(left() == nullptr);
    auto const copy = left;
    CHECK(copy == left);
}

// ---- at random -------------------------------------------------------------------------------------------------------

namespace {
struct Fuzzed {
    bool* gone;
    gc::ptr<Fuzzed> a{};
    gc::ptr<Fuzzed> b{};
    weakref::ref<Fuzzed> w{};
    explicit Fuzzed(bool* flag) : gone(flag) {}
    Fuzzed(Fuzzed const&) = delete;
    ~Fuzzed() {
        *gone = true;
        if (a && *a->gone) ++wrong;  // a pointer to what is gone
        static_cast<void>(w() == nullptr || w()->gone != nullptr);
    }
    void traverse(auto&& visit) { visit(a, b, w); }
    static inline int wrong = 0;
};
struct watcher {
    weakref::ref<Fuzzed> ref{};
    bool const* gone = nullptr;
    std::shared_ptr<int> called = std::make_shared<int>(0);
};
}  // namespace

TEST_CASE("at random: a weak reference gives null, and its callback was called once, exactly when the object is gone", "[weakref]") {
    for (unsigned seed = 1; seed != 31; ++seed) {
        unsigned state = seed;
        auto const dice = [&state](unsigned n) {
            state = state * 1'664'525U + 1'013'904'223U;
            return (state >> 8U) % n;
        };
        std::deque<bool> flags;
        std::vector<gc::ptr<Fuzzed>> roots(12);
        std::vector<watcher> watchers;
        bool right = true;
        for (int step = 0; step != 1500; ++step) {
            auto& root = roots[dice(12)];
            auto& other = roots[dice(12)];
            switch (dice(9)) {
            case 0: root = gc::make<Fuzzed>(&flags.emplace_back(false)); break;
            case 1:
                if (root) root->a = other;
                break;
            case 2:
                if (root) root->b = other;
                break;
            case 3:
                if (root && root->a) root = root->a;
                break;
            case 4: root = nullptr; break;
            case 5:
                if (root) {
                    watcher& one = watchers.emplace_back();
                    one.gone = root->gone;
                    one.ref = weakref::ref(root, [called = one.called](auto const& gone) { *called += gone() == nullptr ? 1 : 100; });
                }
                break;
            case 6:
                if (root && other) root->w = dice(2) != 0 || watchers.empty() ? weakref::ref(other) : watchers[dice(static_cast<unsigned>(watchers.size()))].ref;
                break;
            case 7: gc::collect(static_cast<int>(dice(3))); break;
            default:
                if (!watchers.empty() && dice(4) == 0) watchers.erase(watchers.begin() + static_cast<std::ptrdiff_t>(dice(static_cast<unsigned>(watchers.size()))));
                break;
            }
            for (watcher const& one : watchers) {
                right = right && (one.ref() == nullptr) == *one.gone && *one.called == (*one.gone ? 1 : 0);
            }
        }
        CHECK(right);
        roots.clear();
        gc::collect();
        for (watcher const& one : watchers) right = right && *one.gone && *one.called == 1;
        for (bool const gone : flags) right = right && gone;
        CHECK(right);
        CHECK(Fuzzed::wrong == 0);
    }
}
