// SPDX-License-Identifier: MIT
#include <amphis/builtins/repr.hpp>
#include <amphis/functools/cached_property.hpp>
#include <amphis/gc/ptr.hpp>
#include <amphis/gc/traverse.hpp>
#include <amphis/lang/descriptor.hpp>
#include <amphis/lang/exceptions/expected.hpp>

#include "support/catch.hpp"

#include <any>
#include <array>
#include <atomic>
#include <chrono>
#include <deque>
#include <forward_list>
#include <fstream>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <queue>
#include <ranges>
#include <set>
#include <span>
#include <sstream>
#include <stack>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace gc = amphis::gc;
namespace trace = amphis::detail::gc;

namespace {

struct Node {
    gc::ptr<Node> other{};
};

struct Named {
    std::string name{};
    gc::ptr<Node> next{};
    std::vector<gc::ptr<Node>> children{};
};
struct Pair {
    int a = 0;
    gc::ptr<Node> left{};
    gc::ptr<Node> right{};
};
struct Nested {
    Pair front{};
    gc::ptr<Node> rows[2][3]{};
    std::array<gc::ptr<Node>, 2> two{};
    std::array<Pair, 2> pairs{};
    std::tuple<int, gc::ptr<Node>> both{};
    std::pair<gc::ptr<Node>, std::string> last{};
};
struct Containers {
    std::list<gc::ptr<Node>> list{};
    std::deque<Pair> deque{};
    std::forward_list<gc::ptr<Node>> forward{};
    std::map<std::string, gc::ptr<Node>> table{};
    std::set<gc::ptr<Node>> set{};
    std::unordered_map<int, std::vector<gc::ptr<Node>>> groups{};
    std::multimap<gc::ptr<Node>, int> keys{};
    std::vector<std::vector<gc::ptr<Node>>> rows{};
};
struct Holders {
    std::optional<gc::ptr<Node>> maybe{};
    std::variant<int, gc::ptr<Node>, Pair> either{};
    std::unique_ptr<Pair> own{};
    std::stack<gc::ptr<Node>> stack{};
    std::queue<gc::ptr<Node>> queue{};
    std::priority_queue<int> numbers{};
    amphis::expected<gc::ptr<Node>> expected{amphis::ValueError("none")};
    gc::ptr<Node> const fixed{};
};

class Listed {
    int n_ = 0;
    gc::ptr<Node> next_{};
    std::vector<gc::ptr<Node>> items_{};

public:
    using gc_fields = gc::fields<&Listed::next_, &Listed::items_>;
    Listed() { items_.resize(2); }
    [[nodiscard]] void* next() { return &next_; }
    [[nodiscard]] void* item(std::size_t i) { return &items_[i]; }
    [[nodiscard]] int n() const { return n_; }
};
class ByHand {
    gc::ptr<Node> next_{};
    std::vector<gc::ptr<Node>> items_{};

public:
    ByHand() { items_.resize(2); }
    void traverse(auto&& visit) const { visit(next_, items_); }
    [[nodiscard]] void const* item(std::size_t i) const { return &items_[i]; }
};
class NoCycles {
    gc::ptr<Node> next_{};

public:
    using gc_acyclic = void;
    NoCycles() {}
    void traverse(auto&& visit) { visit(next_); }
};
class Throws {
    std::string s_{};

public:
    Throws() {}
    void traverse(auto&&) { throw std::runtime_error("traverse"); }
};
class Adds : public ByHand {
    gc::ptr<Node> more_{};

public:
    void traverse(auto&& visit) {
        ByHand::traverse(visit);
        visit(more_);
    }
};
struct Weak {
    using amphis_gc_weak = void;
    Weak() = default;
    Weak(Weak const&) {}
    Weak& operator=(Weak const&) { return *this; }
    int i = 0;
};
struct Watches {
    Weak one{};
    std::vector<Weak> more{};
    gc::ptr<Node> next{};
};
struct Parts {
    gc::member_ptr<int> number{};
    std::vector<gc::member_ptr<int>> numbers{};
};
struct Tree {
    gc::ptr<Node> node{};
    std::unique_ptr<Tree> left{};
    std::vector<Tree> more{};
};
struct Empty {};
struct WithBase : Empty {
    gc::ptr<Node> next{};
};

// Not looked into, or nothing to be seen there.
class Marked {
    std::string s_{};

public:
    using gc_leaf = void;
    Marked() {}
};
class Foreign {
    std::string s_{};

public:
    Foreign() {}
};
struct Oops : std::runtime_error {
    using std::runtime_error::runtime_error;
};
struct Leaves {
    int i = 0;
    std::string s{};
    std::vector<bool> flags{};
    std::vector<std::string> names{};
    std::map<std::string, std::vector<int>> table{};
    std::function<void(gc::ptr<Node>)> call{};
    std::any any{};
    std::shared_ptr<Named> shared{};
    std::weak_ptr<Named> weak{};
    std::span<gc::ptr<Node>> span{};
    std::string_view view{};
    gc::ptr<Node>* raw{};
    std::mutex mutex{};
    std::atomic<int> atomic{};
    std::thread thread{};
    std::chrono::seconds seconds{};
    std::exception_ptr error{};
    Oops oops{"no"};
    Marked marked{};
    Foreign foreign{};
    std::unique_ptr<Marked> own{};
    std::unique_ptr<std::istream> stream{};
    std::unique_ptr<int[]> array{};
    std::unique_ptr<std::string[]> strings{};
    std::shared_ptr<gc::ptr<Node>[]> shared_array{};
    std::variant<std::monostate, std::string> either{};
    std::optional<std::string> maybe{};
    amphis::ValueError value_error{"no"};
};

struct counter {
    std::vector<void const*> at{};
    int runs = 0, parts = 0, weaks = 0;

    void edges(trace::edge* first, std::size_t n) {
        ++runs;
        for (std::size_t i = 0; i != n; ++i) at.push_back(first + i);
    }
    void part(trace::part_edge&) { ++parts; }
    template <class W>
    void weak(W&) {
        ++weaks;
    }
};
template <trace::part_of_walk W = trace::part_of_walk::all, class T>
counter count(T& object) {
    counter c;
    trace::walk<W>(object, c);
    return c;
}
constexpr auto fixed = trace::part_of_walk::fixed;
constexpr auto moving = trace::part_of_walk::moving;

using Slots = std::vector<void const*>;

template <class T>
std::string name_of(T& object, void const* slot) {
    amphis::detail::text out;
    trace::name_edge(object, slot, out);
    return std::string(out.data(), out.size());
}

}  // namespace

template <>
inline constexpr bool amphis::gc::leaf<Foreign> = true;

TEST_CASE("traverse: a struct is walked without saying anything", "[gc][traverse]") {
    Named n;
    n.children.resize(3);
    CHECK(count(n).at == Slots{&n.next, &n.children[0], &n.children[1], &n.children[2]});
    CHECK(count(n).runs == 2);
    CHECK(count<fixed>(n).at == Slots{&n.next});
    CHECK(count<moving>(n).at == Slots{&n.children[0], &n.children[1], &n.children[2]});
    n.children.clear();
    CHECK(count(n).runs == 1);
    STATIC_REQUIRE((trace::has_fixed_edges<Named> && trace::has_moving_edges<Named> && trace::holds_edges<Named const>));
    STATIC_REQUIRE_FALSE(trace::walked_by_hand<Named>);
}

TEST_CASE("traverse: nested structs, arrays, tuples and pairs stand at fixed places", "[gc][traverse]") {
    Nested n;
    auto const all = count(n);
    CHECK(all.at == count<fixed>(n).at);
    CHECK(all.at.size() == 2 + 6 + 2 + 4 + 1 + 1);
    CHECK(all.at[0] == &n.front.left);
    CHECK(all.at[7] == &n.rows[1][2]);
    CHECK(all.at.back() == &n.last.first);
    CHECK(count<moving>(n).at.empty());
    STATIC_REQUIRE_FALSE(trace::has_moving_edges<Nested>);
    WithBase b;
    CHECK(count<fixed>(b).at == Slots{&b.next});
}

TEST_CASE("traverse: containers are walked, keys too", "[gc][traverse]") {
    Containers c;
    STATIC_REQUIRE_FALSE(trace::has_fixed_edges<Containers>);
    CHECK(count(c).at.empty());
    c.list.resize(2);
    c.deque.resize(2);
    c.forward.resize(1);
    c.table["a"];
    c.set.emplace();
    c.groups[1].resize(3);
    c.keys.emplace();
    c.rows.resize(2);
    c.rows[1].resize(2);
    CHECK(count(c).at.size() == 2 + 4 + 1 + 1 + 1 + 3 + 1 + 2);
    CHECK(count<moving>(c).at == count(c).at);
    CHECK(count<fixed>(c).at.empty());
}

TEST_CASE("traverse: what may hold a value is walked if it does", "[gc][traverse]") {
    Holders h;
    CHECK(count(h).at == Slots{&h.fixed});
    h.maybe.emplace();
    h.either = Pair();
    h.own = std::make_unique<Pair>();
    h.stack.emplace();
    h.queue.emplace();
    h.queue.emplace();
    h.expected = gc::ptr<Node>();
    CHECK(count(h).at.size() == 1 + 2 + 2 + 1 + 2 + 1 + 1);
    CHECK(count<fixed>(h).at == Slots{&h.fixed});
    h.either.emplace<1>();
    CHECK(count(h).at.size() == 9);
}

TEST_CASE("traverse: a class says what it holds", "[gc][traverse]") {
    Listed l;
    CHECK(count<fixed>(l).at == Slots{l.next()});
    CHECK(count<moving>(l).at == Slots{l.item(0), l.item(1)});
    CHECK(l.n() == 0);
    ByHand b;
    CHECK(count(b).at.size() == 3);
    CHECK(count<moving>(b).at.size() == 3);
    STATIC_REQUIRE_FALSE(trace::has_fixed_edges<ByHand>);
    STATIC_REQUIRE(trace::walked_by_hand<ByHand>);
    STATIC_REQUIRE(trace::walked_by_hand<std::vector<ByHand>>);
    Adds a;
    CHECK(count(a).at.size() == 4);
    Throws t;
    CHECK_THROWS_AS(count(t), std::runtime_error);
}

TEST_CASE("traverse: weak references and pointers to parts are shown as such", "[gc][traverse]") {
    Watches w;
    w.more.resize(2);
    CHECK(count(w).weaks == 3);
    CHECK(count<fixed>(w).weaks == 1);
    CHECK(count(w).at == Slots{&w.next});
    STATIC_REQUIRE((trace::holds_weak<Watches> && !trace::has_moving_edges<Watches>));
    Parts p;
    p.numbers.resize(2);
    CHECK(count(p).parts == 3);
    CHECK(count<fixed>(p).parts == 1);
}

TEST_CASE("traverse: a class that holds itself ends", "[gc][traverse]") {
    Tree t;
    t.left = std::make_unique<Tree>();
    t.left->more.resize(2);
    CHECK(count(t).at.size() == 4);
    CHECK(count<fixed>(t).at == Slots{&t.node});
}

TEST_CASE("traverse: what holds no gc pointers, or hides them, is not walked", "[gc][traverse]") {
    STATIC_REQUIRE_FALSE(trace::holds_edges<Leaves>);
    STATIC_REQUIRE_FALSE(trace::holds_edges<int>);
    STATIC_REQUIRE_FALSE(trace::holds_edges<std::vector<bool>>);
    STATIC_REQUIRE_FALSE(trace::holds_edges<std::tuple<gc::ptr<Node>&, int>>);
    Leaves leaves;
    CHECK(count(leaves).at.empty());
    gc::ptr<Node> elsewhere;
    std::tuple<gc::ptr<Node>&, gc::ptr<Node>> both{elsewhere, gc::ptr<Node>()};
    CHECK(count(both).at == Slots{&std::get<1>(both)});
}

namespace {
struct Kids : std::vector<gc::ptr<Node>> {};
template <class T>
class Generic {
    gc::ptr<T> p_{};
    std::vector<T> all_{};

public:
    using gc_fields = gc::fields<&Generic::p_, &Generic::all_>;
    Generic() : all_(2) {}
};
struct Filtered {
    std::vector<gc::ptr<Node>>* all{};
    std::function<bool(gc::ptr<Node> const&)> wanted{};
    std::ranges::filter_view<std::ranges::ref_view<std::vector<gc::ptr<Node>>>, std::function<bool(gc::ptr<Node> const&)>> view{*all, wanted};
};
struct no_weak {
    int edges_seen = 0;
    void edges(trace::edge*, std::size_t n) { edges_seen += static_cast<int>(n); }
    void part(trace::part_edge&) {}
};
}  // namespace
TEST_CASE("traverse: a view does not own what it shows", "[gc][traverse]") {
    STATIC_REQUIRE_FALSE(trace::holds_edges<Filtered>);
    STATIC_REQUIRE_FALSE(trace::holds_edges<std::shared_ptr<std::vector<gc::ptr<Node>>>>);
    Kids own;
    own.resize(3);
    CHECK(count(own).at.size() == 3);
}
TEST_CASE("traverse: templates and local classes", "[gc][traverse]") {
    struct Local {
        gc::ptr<Node> here{};
        std::unique_ptr<Local> next{};
    };
    Generic<int> numbers;
    CHECK(count(numbers).at.size() == 1);
    Generic<Pair> pairs;
    CHECK(count(pairs).at.size() == 5);
    Local l;
    l.next = std::make_unique<Local>();
    CHECK(count(l).at.size() == 2);
    CHECK(name_of(l, &l.next->here) == "next.here");
    Watches w;
    no_weak v;
    trace::walk<trace::part_of_walk::all>(w, v);
    CHECK(v.edges_seen == 1);
}

namespace {
struct Cached {
    [[nodiscard]] std::vector<gc::ptr<Node>> compute() const { return std::vector<gc::ptr<Node>>(2); }
    amphis::functools::cached_property<&Cached::compute, "all"> all{this};
};
struct Attributes {
    amphis::attribute<"next", gc::ptr<Node>> next{};
    amphis::attribute<"once", gc::ptr<Node>, amphis::write_once> once{};
};
}  // namespace
TEST_CASE("traverse: values that amphis keeps for you are walked, and none is computed for it", "[gc][traverse]") {
    Cached c;
    CHECK(trace::holds_edges<decltype(c.all)>);
    CHECK(count(c.all).at.empty());
    CHECK_FALSE(c.all.cached());
    CHECK(c.all->size() == 2);
    CHECK(count(c.all).at.size() == 2);
    Attributes a;
    CHECK(count(a).at.size() == 1);
    a.once.set(gc::ptr<Node>());
    CHECK(count(a).at.size() == 2);
}

namespace {
struct Data {
    int i = 0;
    std::string s{};
};
struct ToData {
    gc::ptr<Data> data{};
    std::vector<gc::ptr<Data const>> more{};
};
struct ToToData {
    std::map<int, gc::ptr<ToData>> all{};
    gc::ptr<int> n{};
};
struct Self {
    gc::ptr<Self> next{};
};
struct ToSelf {
    gc::ptr<Self> self{};
};
struct There;
struct Here {
    std::vector<gc::ptr<There>> there{};
};
struct There {
    std::optional<gc::ptr<Here>> here{};
};
struct Unknown;
struct ToUnknown {
    gc::ptr<Unknown> u{};
};
struct ToVoid {
    gc::ptr<void> any{};
};
struct Shape {
    virtual ~Shape() = default;
};
struct Final final : Shape {};
struct ToShape {
    gc::ptr<Shape> shape{};
};
struct ToFinal {
    gc::ptr<Final> shape{};
};
struct ToHand {
    gc::ptr<ByHand> hand{};
};
struct ToNoCycles {
    gc::ptr<NoCycles> hand{};
};
struct ToListed {
    gc::ptr<Listed> listed{};
};
struct DataToSelf : Data {
    gc::ptr<DataToSelf> next{};
    using gc_fields = gc::fields<&DataToSelf::next>;
};
struct MoreData : Data {
    std::string more{};
    using gc_leaf = void;
};
}  // namespace
TEST_CASE("traverse: what cannot take part in a cycle is known from its class", "[gc][traverse]") {
    STATIC_REQUIRE(trace::acyclic<int>);
    STATIC_REQUIRE(trace::acyclic<Data>);
    STATIC_REQUIRE(trace::acyclic<ToData>);
    STATIC_REQUIRE(trace::acyclic<ToToData>);
    STATIC_REQUIRE(trace::acyclic<std::vector<gc::ptr<Data>>>);
    STATIC_REQUIRE_FALSE(trace::acyclic<Self>);
    STATIC_REQUIRE_FALSE(trace::acyclic<Self const>);
    STATIC_REQUIRE_FALSE(trace::acyclic<ToSelf>);  // a class derived from Self may lead back
    STATIC_REQUIRE_FALSE(trace::acyclic<Here>);
    STATIC_REQUIRE_FALSE(trace::acyclic<There>);
    STATIC_REQUIRE_FALSE(trace::acyclic<ToUnknown>);
    STATIC_REQUIRE_FALSE(trace::acyclic<ToVoid>);
    STATIC_REQUIRE_FALSE(trace::acyclic<ToShape>);
    STATIC_REQUIRE(trace::acyclic<Final>);
    STATIC_REQUIRE(trace::acyclic<ToFinal>);
    STATIC_REQUIRE_FALSE(trace::acyclic<ByHand>);
    STATIC_REQUIRE_FALSE(trace::acyclic<ToHand>);
    STATIC_REQUIRE(trace::acyclic<NoCycles>);
    STATIC_REQUIRE(trace::acyclic<ToNoCycles>);
    STATIC_REQUIRE_FALSE(trace::acyclic<ToListed>);
    STATIC_REQUIRE_FALSE(trace::acyclic<Parts>);
    STATIC_REQUIRE_FALSE(trace::acyclic<void>);
}
TEST_CASE("traverse: a pointer to a base class does not hide a cycle", "[gc][traverse]") {
    STATIC_REQUIRE((trace::keeps_acyclic<Data, Data>));
    STATIC_REQUIRE((trace::keeps_acyclic<MoreData, Data>));
    STATIC_REQUIRE((trace::keeps_acyclic<Final, Shape>));
    STATIC_REQUIRE((trace::keeps_acyclic<Self, void>));
    STATIC_REQUIRE_FALSE((trace::keeps_acyclic<DataToSelf, Data>));
}
namespace {
struct Tag {};
struct TagAndShape : Tag {
    virtual ~TagAndShape() = default;
    void traverse(auto&&) {}
};
struct MarkedTag : Tag {
    virtual ~MarkedTag() = default;
    using gc_leaf = void;
};
}  // namespace
TEST_CASE("traverse: nor does a pointer to an empty base of what may be derived further", "[gc][traverse]") {
    STATIC_REQUIRE_FALSE((trace::keeps_acyclic<TagAndShape, Tag>));
    STATIC_REQUIRE((trace::keeps_acyclic<MarkedTag, Tag>));
}

namespace {
struct Recursive {
    std::unique_ptr<Recursive[]> kids{};
    std::string name{};
};
struct RecursiveWithPointer {
    std::unique_ptr<RecursiveWithPointer[]> kids{};
    gc::ptr<Node> node{};
};
struct Unknown;
struct frees {
    template <class T>
    void operator()(T*) const {}
};
template <class T>
constexpr trace::kind kind_of_array = trace::kind_of<std::unique_ptr<T[]>>;
}  // namespace
TEST_CASE("traverse: a std::unique_ptr<T[]> does not know how many there are", "[gc][traverse]") {
    STATIC_REQUIRE(kind_of_array<int> == trace::kind::leaf);
    STATIC_REQUIRE(kind_of_array<int[3]> == trace::kind::leaf);
    STATIC_REQUIRE(kind_of_array<Marked> == trace::kind::leaf);
    STATIC_REQUIRE(kind_of_array<Unknown> == trace::kind::incomplete);
    STATIC_REQUIRE(kind_of_array<gc::ptr<Node>> == trace::kind::array_owner);
    STATIC_REQUIRE(kind_of_array<gc::ptr<Node>[2]> == trace::kind::array_owner);
    STATIC_REQUIRE(trace::kind_of<std::unique_ptr<gc::ptr<Node>[], frees>> == trace::kind::array_owner);
    STATIC_REQUIRE(trace::kind_of<std::unique_ptr<Unknown[], frees>> == trace::kind::leaf);
    // By the pointers in a T it is refused, or a leaf.
    STATIC_REQUIRE(trace::holds_edges<std::unique_ptr<gc::ptr<Node>[]>>);
    STATIC_REQUIRE(trace::holds_edges<RecursiveWithPointer>);
    STATIC_REQUIRE_FALSE(trace::holds_edges<std::unique_ptr<std::vector<std::string>[]>>);
    STATIC_REQUIRE_FALSE(trace::holds_edges<Recursive>);
}

namespace {
class ListedBase {
    gc::ptr<Node> first_{};

public:
    virtual ~ListedBase() = default;
    using gc_fields = gc::fields<&ListedBase::first_>;
};
class TraversedOfListed : public ListedBase {
    gc::ptr<Node> second_{};

public:
    void traverse(auto&& visit) { visit(static_cast<ListedBase&>(*this), second_); }
    [[nodiscard]] void* second() { return &second_; }
};
class NothingNew : public TraversedOfListed {};
class OneMore : public TraversedOfListed {
public:
    gc::ptr<Node> third{};
};
template <class T>
class TemplateOfListed : public ListedBase {
    gc::ptr<T> second_{};

public:
    template <class Visit>
    void traverse(Visit& visit) const {
        visit(static_cast<ListedBase const&>(*this), second_);
    }
};
class ListedAnew : public TraversedOfListed {
public:
    gc::ptr<Node> third{};
    using gc_fields = gc::fields<&ListedAnew::third>;
};
}  // namespace
TEST_CASE("traverse: a class's own traverse() comes before the gc_fields of its base", "[gc][traverse]") {
    STATIC_REQUIRE(trace::kind_of<ListedBase> == trace::kind::listed);
    STATIC_REQUIRE(trace::kind_of<TraversedOfListed> == trace::kind::by_hand);
    STATIC_REQUIRE(trace::kind_of<NothingNew> == trace::kind::by_hand);
    STATIC_REQUIRE(trace::kind_of<OneMore> == trace::kind::inherits);
    STATIC_REQUIRE(trace::kind_of<TemplateOfListed<Node>> == trace::kind::by_hand);
    STATIC_REQUIRE(trace::kind_of<ListedAnew> == trace::kind::listed);
    TraversedOfListed object;
    counter const seen = count(object);
    REQUIRE(seen.at.size() == 2);
    CHECK(seen.at[1] == object.second());
}

namespace {
class alignas(64) OverAligned : public ListedBase {};
class alignas(64) OverAlignedAndMore : public ListedBase {
public:
    gc::ptr<Node> more{};
};
class InThePadding : public OverAligned {
public:
    gc::ptr<Node> more{};
};
class FinalInThePadding final : public OverAligned {
public:
    gc::ptr<Node> more{};
};
class FinalOverAligned final : public OverAligned {};
class PrivatelyDestroyed : public ListedBase {
    ~PrivatelyDestroyed() override {}
};
class Abstract : public ListedBase {
    virtual void draw() = 0;
};
}  // namespace
TEST_CASE("traverse: padding is no field, and may hold one", "[gc][traverse]") {
    STATIC_REQUIRE(trace::kind_of<OverAligned> == trace::kind::listed);
    STATIC_REQUIRE(trace::kind_of<FinalOverAligned> == trace::kind::listed);
    STATIC_REQUIRE(trace::kind_of<PrivatelyDestroyed> == trace::kind::listed);
    STATIC_REQUIRE(trace::kind_of<Abstract> == trace::kind::listed);
    STATIC_REQUIRE(trace::kind_of<OverAlignedAndMore> == trace::kind::inherits);
    STATIC_REQUIRE(sizeof(InThePadding) == sizeof(OverAligned));
    STATIC_REQUIRE(trace::kind_of<InThePadding> == trace::kind::inherits);
    STATIC_REQUIRE(trace::kind_of<FinalInThePadding> == trace::kind::inherits);
}

namespace {
struct WithVolatile {
    int volatile number = 0;
    gc::ptr<Node> next{};
};
struct WithReference {
    gc::ptr<Node> next{};
    gc::ptr<Node>& other = next;
};
}  // namespace
TEST_CASE("traverse: volatile fields have no names; a reference is not taken apart", "[gc][traverse]") {
    WithVolatile object;
    CHECK(count(object).at.size() == 1);
    CHECK(name_of(object, &object.next) == "[1]");
    STATIC_REQUIRE(trace::kind_of<WithReference> == trace::kind::opaque);
}

TEST_CASE("traverse: pointers have names", "[gc][traverse]") {
    Named n;
    n.children.resize(4);
    CHECK(name_of(n, &n.next) == "next");
    CHECK(name_of(n, &n.children[3]) == "children[3]");
    CHECK(name_of(n, &n) == "");
    Nested m;
    CHECK(name_of(m, &m.front.right) == "front.right");
    CHECK(name_of(m, &m.rows[1][2]) == "rows[1][2]");
    CHECK(name_of(m, &m.pairs[1].left) == "pairs[1].left");
    CHECK(name_of(m, &std::get<1>(m.both)) == "both[1]");
    CHECK(name_of(m, &m.last.first) == "last[0]");
    Containers c;
    c.table["it's"];
    c.groups[7].resize(12);
    c.keys.emplace();
    c.deque.resize(3);
    CHECK(name_of(c, &c.table["it's"]) == "table[\"it's\"]");
    CHECK(name_of(c, &c.groups[7][11]) == "groups[7][11]");
    CHECK(name_of(c, &c.keys.begin()->first) == "keys.keys()[0]");
    CHECK(name_of(c, &c.deque[2].right) == "deque[2].right");
    Holders h;
    h.maybe.emplace();
    h.own = std::make_unique<Pair>();
    h.either = Pair();
    h.stack.emplace();
    CHECK(name_of(h, &*h.maybe) == "maybe");
    CHECK(name_of(h, &h.own->left) == "own.left");
    CHECK(name_of(h, &std::get<2>(h.either).right) == "either.right");
    CHECK(name_of(h, &h.stack.top()) == "stack[0]");
    CHECK(name_of(h, &h.fixed) == "fixed");
}
TEST_CASE("traverse: names of the pointers of a class that says what it holds", "[gc][traverse]") {
    Listed l;
    CHECK(name_of(l, l.next()) == "next_");
    CHECK(name_of(l, l.item(1)) == "items_[1]");
    ByHand b;
    CHECK(name_of(b, b.item(1)) == "traverse()[1][1]");
    std::map<std::pair<int, std::string>, gc::ptr<Node>> pairs;
    CHECK(name_of(pairs, &pairs[{1, "a"}]) == "[(1, 'a')]");
    std::map<std::vector<int>, gc::ptr<Node>> lists;
    CHECK(name_of(lists, &lists[{}]) == "[...]");
    Parts p;
    p.numbers.resize(2);
    CHECK(name_of(p, &p.numbers[1]) == "numbers[1]");
}
