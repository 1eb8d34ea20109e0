// SPDX-License-Identifier: MIT
// gc::ptr, gc::member_ptr and gc::make: of which classes, and what may be done with them in which order.
#include <amphis/gc.hpp>
#include <amphis/lang/exceptions.hpp>

#include "support/catch.hpp"
#include "support/gc.hpp"
#include "support/stack.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

namespace gc = amphis::gc;
using amphis::sys::getrefcount;

namespace {

struct Node {
    int number = 0;
    gc::ptr<Node> next{};
    gc::ptr<Node> other{};
};

}  // namespace

TEST_CASE("ptr: copies, moves, itself, null", "[gc]") {
    static_assert(sizeof(gc::ptr<Node>) == 8 && sizeof(gc::member_ptr<int>) == 8);
    static_assert(std::is_nothrow_move_constructible_v<gc::ptr<Node>> && std::is_nothrow_move_assignable_v<gc::ptr<Node>> && std::is_nothrow_copy_constructible_v<gc::ptr<Node>>);
    auto a = gc::make<Node>(1);
    auto b = a;
    CHECK(getrefcount(a) == 2);
    auto c = std::move(b);
    CHECK(b == nullptr);
    CHECK(getrefcount(a) == 2);
    auto& same = c;
    c = same;
    CHECK(getrefcount(a) == 2);
    c = std::move(same);
    CHECK(c == a);
    CHECK(getrefcount(a) == 2);
    swap(c, same);
    std::swap(a, c);
    c.swap(a);
    CHECK(getrefcount(a) == 2);
    c.reset();
    c = nullptr;
    CHECK_FALSE(c);
    CHECK(getrefcount(a) == 1);
    CHECK(getrefcount(c) == 0);
    b = c;
    CHECK(b == nullptr);
    CHECK(b.get() == nullptr);
    a = gc::make<Node>(2);
    CHECK(a->number == 2);
    CHECK((*a).number == 2);
}

TEST_CASE("ptr: an assignment that destroys what it reads from", "[gc]") {
    by_hand const only;
    auto a = gc::make<Node>(1, gc::make<Node>(2, gc::make<Node>(3, gc::make<Node>(4))));
    a->next = a->next->next;
    CHECK(a->next->number == 3);
    a->next = std::move(a->next->next);
    CHECK(a->next->number == 4);
    a = a->next;
    CHECK(a->number == 4);
    a = std::move(a->next);
    CHECK(a == nullptr);
    auto n = gc::make<Node>(5);
    Node& dies = *n;
    dies.next = std::move(n);  // only it points to itself
    dies.next = nullptr;
    CHECK(gc::get_objects().empty());
    auto m = gc::make<Node>(6);
    Node& also = *m;
    also.next = std::move(m);
    also.next = gc::make<Node>(7, also.next);
    CHECK(gc::collect() == 2);
}

TEST_CASE("ptr: is the same object, in some order, in a set", "[gc]") {
    auto const a = gc::make<Node>();
    auto const b = gc::make<Node>();
    CHECK(a == a);
    CHECK(a != b);
    CHECK((a < b) != (b < a));
    
    gc::object const o = a;
    CHECK(o == a);
    CHECK(a == o);
    CHECK(o.as<Node>() == a);
    CHECK(std::string(o.type_name().data, o.type_name().size) == "Node");
    gc::ptr<Node const> const constant = a;
    CHECK(constant == a);
    CHECK(gc::const_pointer_cast<Node>(constant) == a);
    gc::ptr<void> const nothing_known = a;
    CHECK(nothing_known == a);
    std::unordered_set<gc::ptr<Node>> set{a, b, a};
    CHECK(set.size() == 2);
    CHECK(set.count(a) == 1);
}

namespace {
struct Left {
    virtual ~Left() = default;
    virtual int left() { return 1; }
    int l = 1;
    void traverse(auto&&) {}
};
struct Right {
    virtual ~Right() = default;
    int r = 2;
    void traverse(auto&&) {}
};
struct Both final : Left, Right {
    gc::ptr<Left> back{};
    int left() override { return 3; }
    void traverse(auto&& visit) { visit(back); }
};
}  // namespace
TEST_CASE("ptr: up and down a hierarchy; a base that is not at the beginning", "[gc]") {
    by_hand const only;
    auto both = gc::make<Both>();
    gc::ptr<Left> left = both;
    CHECK(left->left() == 3);
    CHECK(left == both);
    both->back = left;
    CHECK(gc::static_pointer_cast<Both>(left) == both);
    CHECK(gc::static_pointer_cast<Left>(both) == both);
    CHECK(gc::static_pointer_cast<void>(both) == both);
    CHECK_THROWS_AS(gc::static_pointer_cast<Right>(both), amphis::TypeError);
    CHECK_THROWS_AS(gc::ptr<Right>(both), amphis::TypeError);
    CHECK_THROWS_WITH(gc::ptr<Right>(both), Catch::Contains("Right is not at the beginning of ") && Catch::Contains("Both: gc::member_ptr can point to it"));
    CHECK(gc::ptr<Right>(gc::ptr<Both>()) == nullptr);
    gc::member_ptr<Right> right = both;
    CHECK(right->r == 2);
    CHECK(getrefcount(both) == 4);
    both = nullptr;
    left = nullptr;
    CHECK(gc::collect() == 0);
    CHECK(right->r == 2);
    right = nullptr;
    CHECK(gc::collect() == 1);
#if defined(__cpp_rtti) || defined(__GXX_RTTI)
    gc::ptr<Left> again = gc::make<Both>();
    CHECK(gc::dynamic_pointer_cast<Both>(again) == again);
    CHECK(gc::dynamic_pointer_cast<Left>(gc::ptr<Both>()) == nullptr);
    CHECK_THROWS_AS(gc::dynamic_pointer_cast<Right>(again), amphis::TypeError);
    CHECK(gc::dynamic_pointer_cast<Both>(gc::ptr<Left>()) == nullptr);
    CHECK(gc::dynamic_pointer_cast<Both>(gc::make<Left>()) == nullptr);
#endif
}

namespace {
struct Parts {
    std::string name{};
    std::array<int, 4> numbers{};
    gc::member_ptr<std::string> own{};
    gc::ptr<Parts> next{};
};
struct Big {
    virtual ~Big() = default;
    void traverse(auto&&) {}
};
struct Bigger : Big {
    std::array<char, 100'000> bytes{};
    void traverse(auto&&) {}
};
}  // namespace
TEST_CASE("member_ptr: keeps the whole; of a part that is in it", "[gc]") {
    by_hand const only;
    auto p = gc::make<Parts>("name");
    gc::member_ptr<std::string> name(p, &p->name);
    gc::member_ptr<int> last(p, &p->numbers[3]);
    auto copy = last;
    auto& same = copy;
    copy = std::move(same);
    copy = same;
    CHECK(copy == last);
    CHECK(getrefcount(p) == 4);
    p->own = name;
    p = nullptr;
    *last = 4;
    CHECK(gc::collect() == 0);
    CHECK(*name == "name");
    name.reset();
    last = nullptr;
    CHECK(gc::collect() == 0);
    CHECK(*copy == 4);
    copy = nullptr;
    CHECK(gc::collect() == 1);

    auto q = gc::make<Parts>();
    int outside = 0;
    CHECK_THROWS_AS(gc::member_ptr<int>(q, &outside), amphis::ValueError);
    CHECK_THROWS_AS(gc::member_ptr<std::string>(gc::ptr<Parts>(), &q->name), amphis::ValueError);
    CHECK(gc::member_ptr<int>(q, nullptr) == nullptr);
    auto bigger = gc::make<Bigger>();
    gc::ptr<Big> const big = bigger;
    CHECK_THROWS_AS(gc::member_ptr<char>(big, &bigger->bytes[90'000]), amphis::ValueError);
    gc::member_ptr<char> const near(big, &bigger->bytes[20'000]);
    CHECK(getrefcount(big) == 3);
}

// ---- of which classes ------------------------------------------------------------------------------------------------

namespace {
template <std::size_t Alignment>
struct alignas(Alignment) Aligned {
    gc::ptr<Aligned> next{};
    int number = 7;
};
template <std::size_t Alignment>
void check_aligned() {
    std::vector<gc::ptr<Aligned<Alignment>>> all;
    for (int i = 0; i != 40; ++i) {
        all.push_back(gc::make<Aligned<Alignment>>());
        CHECK(reinterpret_cast<std::uintptr_t>(all.back().get()) % Alignment == 0);
        all.back()->next = all.front();
        CHECK(gc::self(all.back().get()) == all.back());
    }
    CHECK(gc::collect() == 0);
    CHECK(all[39]->number == 7);
    all.clear();
    CHECK(gc::collect() == 1);
    CHECK(gc::get_objects().empty());
}
struct Empty {};
struct Final final {
    gc::ptr<Final> next{};
};
struct Ampersand {
    int number = 3;
    gc::ptr<Ampersand> next{};
    void* operator&() { return nullptr; }  // NOLINT(google-runtime-operator)
};
struct Huge {
    std::array<char, 1 << 20> bytes{};
    gc::ptr<Huge> next{};
};
struct OwnNew {
    gc::ptr<OwnNew> next{};
    static void* operator new(std::size_t) = delete;
};
template <int I>
struct Numbered {
    std::array<char, std::size_t{I} + 1> bytes{};
    gc::ptr<Numbered> next{};
};
template <int... I>
void make_all(std::integer_sequence<int, I...>) {
    (
        [] {
            auto n = gc::make<Numbered<I * 41>>();
            n->next = n;
        }(),
        ...);
}
}  // namespace
TEST_CASE("make: over-aligned classes", "[gc]") {
    by_hand const only;
    check_aligned<16>();
    check_aligned<32>();
    check_aligned<64>();
    check_aligned<1024>();
    check_aligned<4096>();
}

TEST_CASE("make: empty, final, huge, with an operator& or operator new of their own", "[gc]") {
    by_hand const only;
    auto const one = gc::make<Empty>();
    auto const two = gc::make<Empty>();
    CHECK(one != two);
    CHECK(*gc::make<int>(5) == 5);
    CHECK(gc::make<std::string>(3U, 'x')->size() == 3);
    {
        auto f = gc::make<Final>();
        f->next = f;
        auto a = gc::make<Ampersand>();
        a->next = gc::self(std::addressof(*a));
        CHECK(a->number == 3);
        auto n = gc::make<OwnNew>();
        n->next = n;
        auto h = gc::make<Huge>();
        h->next = gc::make<Huge>();
        h->next->next = h;
        CHECK(gc::self(h.get()) == h);
    }
    CHECK(gc::collect() == 5);
    make_all(std::make_integer_sequence<int, 210>());  // each size class, and slabs of one object
    CHECK(gc::get_objects().size() == 210);
    CHECK(gc::collect(0) == 210);
}

TEST_CASE("make: the heap gives back the arenas that nobody used from one collection of all to the next", "[gc]") {
    by_hand const only;
    auto& heap = amphis::detail::gc::current();
    gc::collect();
    gc::collect();
    std::size_t const before = heap.arena_count;
    auto const peak = [](int n) {
        std::vector<gc::ptr<Node>> all;
        for (int i = 0; i != n; ++i) all.push_back(gc::make<Node>(i));
    };
    peak(400'000);
    std::size_t const after = heap.arena_count;
    CHECK(after >= before + 6);  // kept, for the next
    gc::collect();
    CHECK(heap.arena_count == after);
    peak(100'000);
    CHECK(heap.arena_count == after);
    gc::collect();
    CHECK(heap.arena_count < after);
    gc::collect();
    CHECK(heap.arena_count <= before + 1);

    for (int i = 0; i != 400'000; ++i) {
        auto n = gc::make<Node>(i);
        n->next = n;
    }
    CHECK(gc::collect() == 400'000);
    CHECK(heap.arena_count >= before + 6);
    gc::disable();
    do {} while (gc::collect(gc::budget{1'000'000}) != 0 || gc::in_progress());  // in slices, too
    CHECK(heap.arena_count <= before + 1);

    peak(3'000'000);
    CHECK(heap.empty_arenas == amphis::detail::gc::most_empty_arenas);  // not more in any case
    gc::collect();
    gc::collect();
    CHECK(heap.arena_count <= before + 1);
}

// ---- depth -----------------------------------------------------------------------------------------------------------

namespace {
#if defined(NDEBUG) || defined(__OPTIMIZE__)
constexpr int long_list = 10'000'000;
#else
constexpr int long_list = 1'000'000;
#endif
std::size_t found = 0;

struct Chain {
    std::vector<gc::ptr<Chain>> list{};
    std::optional<gc::ptr<Chain>> perhaps{};
    std::variant<int, gc::ptr<Chain>> either{};
    std::map<int, gc::ptr<Chain>> table{};
    std::unique_ptr<gc::ptr<Chain>> apart{};
    gc::member_ptr<int> part{};
    int number = 0;
    void put(int which, gc::ptr<Chain> to) {
        switch (which % 6) {
            case 0: list.push_back(std::move(to)); break;
            case 1: perhaps = std::move(to); break;
            case 2: either = std::move(to); break;
            case 3: table[which] = std::move(to); break;
            case 4: apart = std::make_unique<gc::ptr<Chain>>(std::move(to)); break;
            default: part = gc::member_ptr<int>(to, &to->number);
        }
    }
};
struct Tree {
    gc::ptr<Tree> left{};
    gc::ptr<Tree> right{};
    gc::ptr<Tree> parent{};
};
}  // namespace
TEST_CASE("depth: a list of 10,000,000 is dropped on a stack of 64 KiB", "[gc]") {
    with_stack(64, [] {
        gc::ptr<Node> head;
        for (int i = 0; i != long_list; ++i) head = gc::make<Node>(i, std::move(head));
        head = nullptr;
        found = gc::get_objects().size();
    });
    CHECK(found == 0);
}

TEST_CASE("depth: the same as a ring is collected", "[gc]") {
    with_stack(64, [] {
        gc::disable();
        auto last = gc::make<Node>(0);
        gc::ptr<Node> head = last;
        for (int i = 1; i != long_list; ++i) head = gc::make<Node>(i, std::move(head));
        last->next = head;
        gc::collect();  // all is reached
        last = head = nullptr;
        found = gc::collect();
    });
    CHECK(found == long_list);
}

TEST_CASE("depth: a chain through every container, dropped and collected", "[gc]") {
    with_stack(64, [] {
        for (bool const ring : {false, true}) {
            auto last = gc::make<Chain>();
            gc::ptr<Chain> head = last;
            for (int i = 0; i != 120'000; ++i) {
                auto one = gc::make<Chain>();
                one->put(i, std::move(head));
                head = std::move(one);
            }
            if (ring) last->put(1, head);
            last = nullptr;
            gc::collect();
            head = nullptr;
            found = gc::collect(ring ? 2 : 0);
            if (found != (ring ? 120'001U : 0U) || !gc::get_objects().empty()) found = 1;
        }
    });
    CHECK(found == 120'001);
}

TEST_CASE("depth: a tree that is a list, with parents", "[gc]") {
    with_stack(64, [] {
        auto root = gc::make<Tree>();
        auto at = root;
        for (int i = 0; i != 300'000; ++i) {
            auto child = gc::make<Tree>();
            child->parent = at;
            (i % 2 == 0 ? at->left : at->right) = child;
            at = std::move(child);
        }
        gc::collect(0);
        root = nullptr;
        gc::collect();
        at = nullptr;
        found = gc::collect();
    });
    CHECK(found == 300'001);
}
