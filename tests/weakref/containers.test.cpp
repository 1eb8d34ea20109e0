// SPDX-License-Identifier: MIT
#include <amphis/builtins.hpp>
#include <amphis/gc.hpp>
#include <amphis/gc/island.hpp>
#include <amphis/weakref.hpp>

#include "support/catch.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

namespace {

namespace gc = amphis::gc;
namespace weakref = amphis::weakref;
using amphis::in;
using amphis::len;
using amphis::list;
using texts = std::vector<std::string>;

texts said;

struct Image {
    int n = 0;
};
struct Node {
    std::string name{};
    gc::ptr<Node> next{};
};
/// A key by its value.
struct Point {
    int x = 0;
    int y = 0;
    bool operator==(Point const&) const = default;
    [[nodiscard]] std::uint64_t hash() const { return static_cast<std::uint64_t>(x * 31 + y); }
};
struct Holder {
    gc::ptr<Holder> next{};
    weakref::WeakKeyDictionary<Image, gc::ptr<Holder>> table{};
};

using Images = weakref::WeakValueDictionary<std::string, Image>;
using Notes = weakref::WeakKeyDictionary<Node, std::string>;

static_assert(sizeof(Images) == 8 && sizeof(Notes) == 8 && sizeof(weakref::WeakSet<Node>) == 8);
static_assert(std::is_nothrow_move_constructible_v<Images> && std::is_nothrow_move_constructible_v<Notes>);
static_assert(std::ranges::input_range<weakref::WeakSet<Node>>);
static_assert(amphis::detail::gc::holds_edges<weakref::WeakKeyDictionary<Image, gc::ptr<Holder>>>);
static_assert(!amphis::detail::gc::holds_edges<Notes> && !amphis::detail::gc::holds_edges<Images>);

std::vector<gc::ptr<Image>> some_images(int n) {
    std::vector<gc::ptr<Image>> all;
    for (int i = 0; i != n; ++i) all.push_back(gc::make<Image>(i));
    return all;
}

}  // namespace

// ---- WeakValueDictionary ---------------------------------------------------------------------------------------------

TEST_CASE("WeakValueDictionary: an entry goes with its object", "[weakref][WeakValueDictionary]") {
    Images images;
    CHECK((images.empty() && !in("logo", images)));
    auto logo = gc::make<Image>(7);
    images["logo"] = logo;
    CHECK(len(images) == 1);
    CHECK(in(std::string("logo"), images));
    CHECK(images["logo"]->n == 7);
    CHECK(images["logo"] == logo);
    CHECK(images.get("logo") == logo);
    gc::ptr<Image> const again = images["logo"];
    CHECK(amphis::sys::getrefcount(logo) == 2);
    images["logo"] = again;  // nothing new
    CHECK(weakref::getweakrefcount(logo) == 1);
    logo = nullptr;
    CHECK(len(images) == 1);
    const_cast<gc::ptr<Image>&>(again) = nullptr;
    CHECK(len(images) == 0);
    CHECK(images.get("logo") == nullptr);
    CHECK_THROWS_WITH(images.at("logo"), "'logo'");
    CHECK_THROWS_AS(images["logo"]->n, amphis::KeyError);
}

TEST_CASE("WeakValueDictionary: another object takes the place of the first", "[weakref][WeakValueDictionary]") {
    auto all = some_images(3);
    Images images{{"a", all[0]}, {"b", all[1]}};
    images["a"] = all[2];
    CHECK(list(images.keys()) == texts{"a", "b"});
    CHECK(images["a"]->n == 2);
    CHECK(weakref::getweakrefcount(all[0]) == 0);
    all[0] = nullptr;
    CHECK(len(images) == 2);
    images["b"] = images["a"];
    CHECK(images["b"]->n == 2);
    CHECK_THROWS_WITH(images.set("c", nullptr), "cannot create weak reference to 'NoneType' object");
    all.clear();
    CHECK(len(images) == 0);
}

TEST_CASE("WeakValueDictionary: get, setdefault, pop, popitem, erase, clear", "[weakref][WeakValueDictionary]") {
    auto const all = some_images(4);
    Images images;
    CHECK(images.get("a", all[0]) == all[0]);
    CHECK(images.setdefault("a", all[1]) == all[1]);
    CHECK(images.setdefault("a", all[2]) == all[1]);
    CHECK(images.pop("a") == all[1]);
    CHECK_THROWS_WITH(images.pop("a"), "'a'");
    CHECK(images.pop("a", all[3]) == all[3]);
    images["b"] = all[1];
    images["c"] = all[2];
    CHECK(images.popitem() == std::pair<std::string, gc::ptr<Image>>("c", all[2]));
    images.erase("b");
    CHECK_THROWS_AS(images.erase("b"), amphis::KeyError);
    CHECK_THROWS_WITH(images.popitem(), "'popitem(): dictionary is empty'");
    images["b"] = all[1];
    images.clear();
    CHECK(images.empty());
    CHECK(weakref::getweakrefcount(all[1]) == 0);
}

TEST_CASE("WeakValueDictionary: update, copy, ==, |", "[weakref][WeakValueDictionary]") {
    auto const all = some_images(3);
    Images a{{"x", all[0]}};
    a.update(std::map<std::string, gc::ptr<Image>>{{"y", all[1]}});
    Images const b = a.copy();
    CHECK(a == b);
    Images const c{{"x", all[2]}};
    CHECK(a != c);
    CHECK((a | c)["x"]->n == 2);
    CHECK(a["x"]->n == 0);
    a |= c;
    CHECK(a["x"]->n == 2);
    Images moved = std::move(a);
    CHECK((len(moved) == 2 && a.empty()));  // NOLINT(bugprone-use-after-move)
    a = moved;
    CHECK(a == moved);
}

TEST_CASE("WeakValueDictionary: entries may vanish while it is iterated", "[weakref][WeakValueDictionary]") {
    auto all = some_images(6);
    weakref::WeakValueDictionary<int, Image> images;
    for (int i = 0; i != 6; ++i) images[i] = all[static_cast<std::size_t>(i)];
    std::vector<int> seen;
    for (auto const& [key, image] : images.items()) {
        seen.push_back(key);
        if (key == 1) all.resize(3);
        CHECK(image->n == key);
    }
    CHECK(seen == std::vector{0, 1, 2});
    CHECK(len(images) == 3);
    for (int const key : images.keys()) {
        all.clear();
        images.clear();
        CHECK(key == 0);
    }
    CHECK(images.empty());
}

TEST_CASE("WeakValueDictionary: may be changed, and go, while it is iterated", "[weakref][WeakValueDictionary]") {
    auto const all = some_images(40);
    weakref::WeakValueDictionary<int, Image> images;
    images[0] = all[0];
    int seen = 0;
    for (int const key : images.keys()) {
        if (key < 39) images[key + 1] = all[static_cast<std::size_t>(key) + 1];
        images.erase(key);
        ++seen;
    }
    CHECK(seen == 40);
    CHECK(images.empty());
    auto* const gone = new weakref::WeakValueDictionary<int, Image>();
    (*gone)[1] = all[1];
    (*gone)[2] = all[2];
    auto at = gone->begin();
    delete gone;
    CHECK(*at == 1);
    ++at;
    CHECK(at == gone->end());
}

TEST_CASE("WeakValueDictionary: entries that a callback finds dead are no entries", "[weakref][WeakValueDictionary]") {
    Images images;
    auto logo = gc::make<Image>(1);
    images["logo"] = logo;
    auto const other = gc::make<Image>(2);
    // Called before the dictionary is told: it is newer.
    weakref::ref const w(logo, [&](auto const&) {
        CHECK(images.get("logo") == nullptr);
        CHECK(list(images.keys()).empty());
        images["logo"] = other;
    });
    logo = nullptr;
    CHECK(images["logo"] == other);
    CHECK(len(images) == 1);
}

TEST_CASE("WeakValueDictionary: thousands of entries come and go", "[weakref][WeakValueDictionary]") {
    weakref::WeakValueDictionary<int, Image> images;
    std::map<int, gc::ptr<Image>> model;
    unsigned state = 1;
    bool right = true;
    for (int step = 0; step != 20'000; ++step) {
        state = state * 1'103'515'245U + 12'345U;
        int const key = static_cast<int>(state >> 16U) % 500;
        if ((state >> 8U) % 3 != 0) {
            images[key] = model[key] = gc::make<Image>(step);
        } else {
            model.erase(key);
        }
        right = right && images.size() == model.size() && images.get(key) == (model.contains(key) ? model[key] : nullptr);
    }
    CHECK(right);
    std::size_t n = 0;
    for (auto const& [key, image] : images.items()) n += model.at(key) == image;
    CHECK(n == model.size());
}

TEST_CASE("WeakValueDictionary: of objects that a collection finds", "[weakref][WeakValueDictionary]") {
    weakref::WeakValueDictionary<std::string, Node> nodes;
    for (char const* name : {"a", "b", "c"}) {
        auto node = gc::make<Node>(name);
        node->next = node;
        nodes[name] = node;
    }
    auto b = nodes["b"].get();
    CHECK(len(nodes) == 3);
    CHECK(gc::collect() == 2);
    CHECK(list(nodes.keys()) == texts{"b"});
    CHECK(nodes.valuerefs()[0]() == b);
    b->next = nullptr;
}

// ---- WeakKeyDictionary -----------------------------------------------------------------------------------------------

TEST_CASE("WeakKeyDictionary: an entry goes with its key, and the value with it", "[weakref][WeakKeyDictionary]") {
    weakref::WeakKeyDictionary<Node, gc::ptr<Image>> notes;
    auto node = gc::make<Node>("a");
    auto image = gc::make<Image>(1);
    weakref::ref const seen(image);
    notes[node] = image;
    image = nullptr;
    CHECK(len(notes) == 1);
    CHECK(in(node, notes));
    CHECK(notes[node]->n == 1);
    node = nullptr;
    CHECK(len(notes) == 0);
    CHECK(seen() == nullptr);
}

TEST_CASE("WeakKeyDictionary: objects without == are keys by identity", "[weakref][WeakKeyDictionary]") {
    auto const a = gc::make<Node>("same");
    auto const b = gc::make<Node>("same");
    Notes notes{{a, "first"}, {b, "second"}};
    CHECK(len(notes) == 2);
    CHECK(notes[a] == "first");
    CHECK(notes.at(b) == "second");
    notes[a] = "changed";
    CHECK(notes.get(a) == "changed");
    CHECK(list(notes.values()) == texts{"changed", "second"});
}

TEST_CASE("WeakKeyDictionary: objects with == are keys by value", "[weakref][WeakKeyDictionary]") {
    auto a = gc::make<Point>(1, 2);
    auto const b = gc::make<Point>(1, 2);
    weakref::WeakKeyDictionary<Point, int> points;
    points[a] = 1;
    points[b] = 2;  // the entry of a, which keeps a as its key
    CHECK(len(points) == 1);
    CHECK(points[a] == 2);
    a = nullptr;
    CHECK(len(points) == 0);
    CHECK_FALSE(in(b, points));
}

TEST_CASE("WeakKeyDictionary: get, setdefault, pop, popitem, erase", "[weakref][WeakKeyDictionary]") {
    auto const a = gc::make<Node>("a");
    auto const b = gc::make<Node>("b");
    Notes notes;
    CHECK(notes.get(a) == "");
    CHECK(notes.get(a, "none") == "none");
    CHECK(notes.setdefault(a, "x") == "x");
    CHECK(notes.setdefault(a, "y") == "x");
    notes.setdefault(a, "z") += "!";
    CHECK(notes.pop(a) == "x!");
    CHECK(notes.pop(a, "none") == "none");
    CHECK_THROWS_AS(notes.pop(a), amphis::KeyError);
    CHECK_THROWS_AS(notes[a].get(), amphis::KeyError);
    CHECK_THROWS_AS(notes.erase(a), amphis::KeyError);
    notes[a] = "1";
    notes[b] = "2";
    CHECK(notes.popitem() == std::pair(b, std::string("2")));
    notes.erase(a);
    CHECK_THROWS_WITH(notes.popitem(), "'popitem(): dictionary is empty'");
    CHECK_THROWS_WITH(notes.at(nullptr), "cannot create weak reference to 'NoneType' object");
}

TEST_CASE("WeakKeyDictionary: update, copy, ==, |, items", "[weakref][WeakKeyDictionary]") {
    auto const a = gc::make<Node>("a");
    auto const b = gc::make<Node>("b");
    Notes notes{{a, "1"}};
    Notes const copy = notes;
    CHECK(copy == notes);
    notes |= Notes{{b, "2"}};
    CHECK(copy != notes);
    CHECK(len(copy | notes) == 2);
    for (auto&& [node, note] : notes.items()) note += node->name;
    CHECK(list(notes.values()) == texts{"1a", "2b"});
    CHECK(notes.keyrefs().size() == 2);
    std::size_t n = 0;
    for (auto const& node : notes) n += node->name.size();
    CHECK(n == 2);
}

TEST_CASE("WeakKeyDictionary: the collector sees the pointers in its values", "[weakref][WeakKeyDictionary]") {
    auto const key = gc::make<Image>(1);
    auto holder = gc::make<Holder>();
    weakref::ref const seen(holder);
    holder->table[key] = holder;
    holder = nullptr;
    CHECK(seen() != nullptr);
    CHECK(gc::collect() == 1);
    CHECK(seen() == nullptr);
    CHECK(weakref::getweakrefcount(key) == 0);
}

TEST_CASE("WeakKeyDictionary: a value that drops keys when it goes", "[weakref][WeakKeyDictionary]") {
    weakref::WeakKeyDictionary<Node, gc::ptr<Node>> chain;
    std::vector<weakref::ref<Node>> all;
    auto first = gc::make<Node>("first");
    auto last = first;
    for (int i = 0; i != 50; ++i) {
        auto next = gc::make<Node>("next");
        all.emplace_back(next);
        chain[last] = next;
        last = next;
    }
    last = nullptr;
    CHECK(len(chain) == 50);
    first = nullptr;
    CHECK(len(chain) == 0);
    CHECK(all.back()() == nullptr);
}

// ---- WeakSet ---------------------------------------------------------------------------------------------------------

TEST_CASE("WeakSet: an element leaves when it goes", "[weakref][WeakSet]") {
    weakref::WeakSet<Image> images;
    auto all = some_images(3);
    for (auto const& image : all) images.add(image);
    images.add(all[0]);
    CHECK(len(images) == 3);
    CHECK(in(all[1], images));
    all.erase(all.begin() + 1);
    CHECK(len(images) == 2);
    CHECK(list(images) == all);
    images.discard(all[0]);
    images.discard(all[0]);
    CHECK_THROWS_AS(images.remove(all[0]), amphis::KeyError);
    images.remove(all[1]);
    CHECK_THROWS_WITH(images.pop(), "'pop from empty WeakSet'");
    CHECK_FALSE(images.contains(nullptr));
    CHECK_THROWS_WITH(images.add(nullptr), "cannot create weak reference to 'NoneType' object");
}

TEST_CASE("WeakSet: the operations of sets", "[weakref][WeakSet]") {
    auto const p = some_images(4);
    weakref::WeakSet<Image> const a{p[0], p[1], p[2]}, b{p[1], p[2], p[3]}, small{p[1]};
    CHECK((a | b) == weakref::WeakSet<Image>{p[0], p[1], p[2], p[3]});
    CHECK((a & b) == weakref::WeakSet<Image>{p[1], p[2]});
    CHECK((a - b) == weakref::WeakSet<Image>{p[0]});
    CHECK((a ^ b) == weakref::WeakSet<Image>{p[0], p[3]});
    CHECK((small <= a && small < a && a > small && a >= a && !(a < a)));
    CHECK((small.issubset(b) && b.issuperset(small) && !small.isdisjoint(a)));
    CHECK(weakref::WeakSet<Image>{p[0]}.isdisjoint(b));
    auto copy = a.copy();
    CHECK(copy.pop() == p[2]);
    CHECK(a != copy);
    copy.clear();
    CHECK(copy.empty());
}

TEST_CASE("WeakSet: elements may leave while it is iterated", "[weakref][WeakSet]") {
    auto all = some_images(10);
    weakref::WeakSet<Image> const images{all[0], all[1], all[2], all[3], all[4]};
    int seen = 0;
    for (auto const& image : images) {
        ++seen;
        if (image == all[0]) all.resize(2);
    }
    CHECK(seen == 2);
    CHECK(len(images) == 2);
}

// ---- finalize --------------------------------------------------------------------------------------------------------

TEST_CASE("finalize: calls the function once when the object goes", "[weakref][finalize]") {
    said.clear();
    auto const say = [](std::string const& what, int n) { said.push_back(what + std::to_string(n)); };
    auto image = gc::make<Image>(1);
    weakref::finalize const f(image, say, "bye", 1);
    weakref::finalize(image, say, "first", 2);  // need not be kept
    CHECK((f.alive() && f.atexit()));
    CHECK(f.peek().as<Image>() == image);
    CHECK(amphis::repr(f).find("; for 'Image' at 0x") != std::string::npos);
    image = nullptr;
    CHECK(said == texts{"first2", "bye1"});
    CHECK_FALSE((f.alive() || f.atexit() || f.peek() || f.detach() || f()));
    CHECK(amphis::repr(f).ends_with("; dead>"));
}

TEST_CASE("finalize: called, or detached, before", "[weakref][finalize]") {
    said.clear();
    auto image = gc::make<Image>(1);
    auto token = gc::make<Image>(2);
    weakref::ref const held(token);
    weakref::finalize const called(image, [] { said.push_back("called"); });
    weakref::finalize const detached(image, [token] { said.push_back("never"); });
    weakref::finalize const raises(image, [] { throw amphis::ValueError("to the caller"); });
    token = nullptr;
    CHECK(called());
    CHECK_FALSE(called());
    CHECK(detached.detach().as<Image>() == image);
    CHECK(held() == nullptr);
    CHECK_THROWS_AS(raises(), amphis::ValueError);
    CHECK_FALSE(raises.alive());
    CHECK(weakref::getweakrefcount(image) == 0);
    image = nullptr;
    CHECK(said == texts{"called"});
}

TEST_CASE("finalize: takes what can only be moved, and lets go of it", "[weakref][finalize]") {
    struct only_moved {
        std::string text;
        explicit only_moved(std::string t) : text(std::move(t)) {}
        only_moved(only_moved&&) = default;
    };
    said.clear();
    auto image = gc::make<Image>(1);
    weakref::finalize(image, [](only_moved m) { said.push_back(m.text); }, only_moved("moved"));
    image = nullptr;
    CHECK(said == texts{"moved"});
    CHECK_THROWS_WITH(weakref::finalize(gc::ptr<Image>(), [] {}), "cannot create weak reference to 'NoneType' object");
}

TEST_CASE("finalize: of an object that a collection finds", "[weakref][finalize]") {
    said.clear();
    auto node = gc::make<Node>("a");
    node->next = node;
    weakref::finalize(node, [] { said.push_back("collected"); });
    node = nullptr;
    CHECK(said.empty());
    CHECK(gc::collect() == 1);
    CHECK(said == texts{"collected"});
}

namespace {
gc::ptr<Image>& leaked_to_the_end() {
    static thread_local gc::ptr<Image> image;
    return image;
}
}  // namespace

TEST_CASE("finalize: at exit in the reverse order of creation, with what raises", "[weakref][finalize]") {
    said.clear();
    std::thread([] {
        auto& image = leaked_to_the_end() = gc::make<Image>(1);
        weakref::finalize(image, [] { said.push_back("1"); });
        weakref::finalize const no(image, [] { said.push_back("not at exit"); });
        no.atexit(false);
        CHECK_FALSE(no.atexit());
        weakref::finalize(image, [] { throw amphis::RuntimeError("reported"); });
        weakref::finalize(image, [] {
            said.push_back("2");
            weakref::finalize(leaked_to_the_end(), [] { said.push_back("made at exit"); });
        });
        weakref::finalize const f(image, [] { said.push_back("called"); });
        f();
    }).join();
    CHECK(said == texts{"called", "2", "made at exit", "1"});
}

TEST_CASE("weak references of a thread: each thread has its own", "[weakref]") {
    weakref::WeakSet<Image> const mine;
    std::thread([] {
        auto const image = gc::make<Image>(1);
        weakref::ref const w(image);
        weakref::WeakSet<Image> const theirs{image};
        bool const right = w() == image && len(theirs) == 1;
        if (!right) std::abort();
    }).join();
    CHECK(mine.empty());
}

namespace {
// Destroyed after the heap.
Images static_images;
Notes static_notes;
weakref::WeakSet<Node> static_set;
gc::ptr<Node> static_node;
}  // namespace

TEST_CASE("weak containers in static storage outlive their heap", "[weakref]") {
    static_node = gc::make<Node>("a");
    static_notes[static_node] = "lives on";
    static_set.add(static_node);
    weakref::finalize(static_node, [] {});
    auto const image = gc::make<Image>(1);
    static_images["gone"] = image;
    CHECK(len(static_images) == 1);
}

// ---- re-entrance -----------------------------------------------------------------------------------------------------

namespace {

std::function<void()> on_compare;
void compared() {
    if (on_compare) std::exchange(on_compare, nullptr)();
}
/// Its == does what it is told. All of them have one hash.
struct Meddler {
    int n = 0;
    bool operator==(Meddler const& other) const {
        compared();
        return n == other.n;
    }
    [[nodiscard]] std::uint64_t hash() const { return 1; }
    [[nodiscard]] std::string repr() const { return "Meddler"; }
};
/// Its destructor does.
struct Testament {
    std::function<void()> will{};
    Testament() = default;
    Testament(Testament const&) = delete;
    Testament& operator=(Testament const&) = delete;
    ~Testament() {
        if (will) will();
    }
    using gc_leaf = void;
};
struct Estate {
    std::shared_ptr<Testament> first{};
    std::string text{};
};
using Estates = weakref::WeakKeyDictionary<Node, Estate>;

Estate estate(std::function<void()> will) {
    auto first = std::make_shared<Testament>();
    first->will = std::move(will);
    return {first, "a text that does not fit into a string by itself"};
}

}  // namespace

TEST_CASE("WeakKeyDictionary: the destructor of a value that is replaced takes the entry out", "[weakref][WeakKeyDictionary]") {
    auto const key = gc::make<Node>("a");
    Estates d;
    int met = 0;
    SECTION("itself") {
        d[key] = estate([&] { d.erase(key); });
        Estate const other{nullptr, "another"};
        d[key] = other;
        CHECK(d.empty());
        d[key] = other;
        CHECK(d.at(key).text == "another");
    }
    SECTION("with all others") {
        d[key] = estate([&] { d.clear(); });
        d[key] = Estate{nullptr, "another"};
        CHECK(d.empty());
    }
    SECTION("and meets the new value") {
        d[key] = estate([&] { met = d.at(key).text == "another"; });
        auto& stays = d.at(key);
        d[key] = Estate{nullptr, "another"};
        CHECK(met == 1);
        CHECK(&stays == &d.at(key));
    }
    SECTION("as the dictionary is replaced") {
        d[key] = estate([&] { met = d.empty(); });
        d = Estates();
        CHECK(met == 1);
    }
    SECTION("as the dictionary is destroyed") {
        auto* const gone = new Estates();
        (*gone)[key] = estate([&] { delete gone; });
        (*gone)[key] = Estate();
    }
    CHECK(d.size() <= 1);
}

TEST_CASE("WeakKeyDictionary: the destructors of values that are taken out change it", "[weakref][WeakKeyDictionary]") {
    auto const a = gc::make<Node>("a"), b = gc::make<Node>("b");
    Estates d;
    auto const again = [&] { d.setdefault(a, Estate{nullptr, "again"}); };
    d[a] = estate(again);
    d.erase(a);
    CHECK(d.at(a).text == "again");
    d[a] = estate(again);
    CHECK(d.pop(a).text.starts_with("a text"));
    CHECK(d.at(a).text == "again");
    d[a] = estate([&] { d.clear(); });
    d[b] = estate([&] { d.pop(a, Estate()); });
    d.clear();
    CHECK(d.empty());
    d[a] = estate(again);
    d[b] = estate(again);
    CHECK(d.popitem().first == b);
    CHECK(d.popitem().first == a);
    CHECK(d.at(a).text == "again");
}

TEST_CASE("WeakKeyDictionary: making a value changes it", "[weakref][WeakKeyDictionary]") {
    auto const key = gc::make<Node>("a");
    weakref::WeakKeyDictionary<Node, std::string> d;
    struct making {
        std::function<void()> act;
        operator std::string() const {  // NOLINT(google-explicit-constructor)
            act();
            return "made";
        }
    };
    d[key] = making{[&] { d[key] = "meanwhile"; }};
    CHECK((d.size() == 1 && d.at(key) == "made"));
    d[key] = making{[&] { d.clear(); }};
    CHECK((d.size() == 1 && d.at(key) == "made"));
    d.clear();
    CHECK(d.setdefault(key, making{[&] { d[key] = "meanwhile"; }}) == "made");
    CHECK(d.size() == 1);
    d.clear();
    CHECK_THROWS_AS(d.setdefault(key, making{[&] { d = {}; }}), amphis::RuntimeError);
    d[key] = "1";
    d[key] = making{[&] { d = {}; }};
    CHECK(d.empty());
    CHECK(weakref::getweakrefcount(key) == 0);
}

TEST_CASE("weak containers: a comparison replaces, clears or destroys the container", "[weakref][WeakSet][WeakKeyDictionary][WeakValueDictionary]") {
    auto a = gc::make<Meddler>(1), b = gc::make<Meddler>(2), c = gc::make<Meddler>(3);
    auto const with = [](std::function<void()> act, auto&& operation) {
        on_compare = std::move(act);
        operation();
        on_compare = nullptr;
    };
    SECTION("WeakSet") {
        using Set = weakref::WeakSet<Meddler>;
        Set s{a, b};
        with([&] { s = Set(); }, [&] { s.add(c); });
        CHECK(s.empty());
        s = Set{a, b};
        with([&] { s.clear(); }, [&] { s.add(c); });
        CHECK(list(s) == std::vector{c});
        s = Set{a, b};
        with([&] { s = Set{b}; }, [&] { CHECK_FALSE(s.contains(b)); });
        with([&] { s = Set{a}; }, [&] { s.discard(a); });
        CHECK(list(s) == std::vector{a});
        with([&] { s.add(b); }, [&] { s.add(b); });
        CHECK(s.size() == 2);
        auto* const gone = new Set{a, b};
        with([&] { delete gone; }, [&] { gone->add(c); });
        auto* const gone_too = new Set{a, b};
        with([&] { delete gone_too; }, [&] { CHECK_THROWS_AS(gone_too->remove(c), amphis::KeyError); });
        with([&] { c = nullptr; }, [&] { s.add(c); });
        CHECK(s.size() == 2);
    }
    SECTION("WeakKeyDictionary") {
        using Dict = weakref::WeakKeyDictionary<Meddler, std::string>;
        Dict d{{a, "1"}, {b, "2"}};
        with([&] { d = Dict(); }, [&] { d[c] = "3"; });
        CHECK(d.empty());
        d = Dict{{a, "1"}, {b, "2"}};
        with([&] { d.clear(); }, [&] { CHECK_THROWS_AS(d.at(b), amphis::KeyError); });
        d = Dict{{a, "1"}, {b, "2"}};
        with([&] { d = Dict(); }, [&] { CHECK(d.get(b, "none") == "none"); });
        auto* const gone = new Dict{{a, "1"}, {b, "2"}};
        with([&] { delete gone; }, [&] { gone->set(c, "3"); });
        auto* const gone_too = new Dict{{a, "1"}, {b, "2"}};
        with([&] { delete gone_too; }, [&] { CHECK_THROWS_AS(gone_too->pop(b), amphis::KeyError); });
    }
    SECTION("WeakValueDictionary") {
        using Dict = weakref::WeakValueDictionary<Meddler, Image>;
        auto const all = some_images(3);
        Dict d{{Meddler{1}, all[0]}, {Meddler{2}, all[1]}};
        with([&] { d = Dict(); }, [&] { d[Meddler{3}] = all[2]; });
        CHECK(d.empty());
        auto* const gone = new Dict{{Meddler{1}, all[0]}, {Meddler{2}, all[1]}};
        with([&] { delete gone; }, [&] { CHECK(gone->setdefault(Meddler{3}, all[2]) == all[2]); });
        auto* const gone_too = new Dict{{Meddler{1}, all[0]}, {Meddler{2}, all[1]}};
        with([&] { delete gone_too; }, [&] { CHECK(gone_too->pop(Meddler{2}, nullptr) == nullptr); });
        d = Dict{{Meddler{1}, all[0]}};
        with([&] { d.clear(); }, [&] { CHECK_THROWS_AS(d.erase(Meddler{1}), amphis::KeyError); });
        CHECK(weakref::getweakrefcount(all[0]) == 0);
    }
}

TEST_CASE("WeakValueDictionary, WeakKeyDictionary: d[key] prints as its value", "[weakref]") {
    struct Word {
        std::string text;
        [[nodiscard]] std::string repr() const { return "Word " + text; }
    };
    auto const word = gc::make<Word>("hello");
    weakref::WeakValueDictionary<std::string, Word> words{{"a", word}};
    CHECK(amphis::repr(*words["a"]) == "Word hello");
    weakref::WeakKeyDictionary<Word, std::string> notes{{word, "it's"}};
    CHECK(amphis::repr(notes[word]) == "\"it's\"");
    CHECK(amphis::str(notes[word]) == "it's");
    CHECK(len(notes[word]) == 4);
    weakref::WeakKeyDictionary<Word, int> numbers;
    CHECK_THROWS_AS(amphis::str(numbers[word]), amphis::KeyError);
}

// ---- in an island ----------------------------------------------------------------------------------------------------

namespace {

struct Member {
    weakref::WeakSet<Member> set{};
    weakref::WeakValueDictionary<std::string, Member> by_name{};
    weakref::WeakKeyDictionary<Member, int> numbers{};
    weakref::WeakKeyDictionary<Member, gc::ptr<Member>> friends{};
    weakref::WeakKeyDictionary<Member, weakref::ref<Member>> back{};
    std::vector<weakref::finalize> cleanups{};
    gc::ptr<Member> next{};
};
static_assert(amphis::detail::gc::holds_weak<weakref::WeakSet<Member>> && !amphis::detail::gc::holds_edges<weakref::WeakSet<Member>>);
static_assert(amphis::detail::gc::holds_weak<Notes> && amphis::detail::gc::holds_weak<weakref::finalize>);

}  // namespace

TEST_CASE("weak containers of an island move with it", "[weakref][gc][threads]") {
    gc::island made([] {
        auto a = gc::make<Member>();
        auto b = a->next = gc::make<Member>();
        a->set.add(b);
        a->by_name["b"] = b;
        a->numbers[b] = 1;
        a->friends[b] = a;
        a->back[b] = weakref::ref(b);
        a->cleanups.emplace_back(b, [] {}).detach();
        return a;
    });
    bool all = false, none = false;
    std::thread([&, made = std::move(made)]() mutable {
        auto const a = std::move(made).adopt();
        all = len(a->set) == 1 && a->by_name["b"] == a->next && a->numbers[a->next] == 1 && a->friends[a->next] == a && a->back.at(a->next)() == a->next;
        a->next = nullptr;
        none = a->set.empty() && a->by_name.empty() && a->numbers.empty() && a->friends.empty() && a->back.empty();
    }).join();
    CHECK(all);
    CHECK(none);
}

TEST_CASE("weak containers of an island hold nothing outside of it", "[weakref][gc]") {
    auto const outside = gc::make<Member>();
    auto const refused = [](auto fill) {
        CHECK_THROWS_WITH(gc::island([&] {
                              auto a = gc::make<Member>();
                              a->next = gc::make<Member>();
                              fill(*a);
                              return a;
                          }),
                          Catch::Contains("island"));
    };
    refused([&](Member& a) { a.set.add(outside); });
    refused([&](Member& a) { a.by_name["x"] = outside; });
    refused([&](Member& a) { a.numbers[outside] = 1; });
    refused([&](Member& a) { a.friends[outside] = nullptr; });
    refused([&](Member& a) { a.friends[a.next] = outside; });
    refused([&](Member& a) { a.back[a.next] = weakref::ref(outside); });
    refused([&](Member& a) { a.cleanups.emplace_back(outside, [] {}); });
    refused([&](Member& a) { a.cleanups.emplace_back(a.next, [] {}); });  // this thread would call it at exit
    weakref::WeakSet<Member> from_outside;
    refused([&](Member& a) { from_outside.add(a.next); });
    CHECK(weakref::getweakrefcount(outside) <= 1);
    gc::collect();
    CHECK(weakref::getweakrefcount(outside) <= 1);

    using iterator = decltype(std::declval<weakref::WeakSet<Member>&>().begin());
    iterator at;
    refused([&](Member& a) {
        a.set.add(a.next);
        at = a.set.begin();
        while (!(at == weakref::WeakSet<Member>::end())) ++at;
    });
}

TEST_CASE("collection: a weak container dies with its elements", "[weakref]") {
    said.clear();
    struct Group {
        gc::ptr<Group> me{};
        weakref::WeakSet<Group> all{};
        weakref::WeakKeyDictionary<Group, gc::ptr<Group>> leaders{};
        void finalize() { said.push_back("finalize"); }
    };
    for (int i = 0; i != 3; ++i) {
        auto one = gc::make<Group>();
        one->me = one;
        one->all.add(one);
        one->leaders[one] = one;
    }
    CHECK(gc::collect() == 3);
    CHECK(said == texts(3, "finalize"));
}
