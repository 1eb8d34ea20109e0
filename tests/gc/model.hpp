// SPDX-License-Identifier: MIT
// A model of a heap beside the heap: the same steps are done to both, at random, and after each of them both agree on who is alive.
#ifndef AMPHIS_TESTS_GC_MODEL_HPP
#define AMPHIS_TESTS_GC_MODEL_HPP

#include <amphis/gc.hpp>

#include <array>
#include <cstdint>
#include <cstdio>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace model {

namespace gc = amphis::gc;

/// splitmix64
struct dice {
    std::uint64_t state;
    std::uint64_t next() {
        std::uint64_t z = (state += 0x9e3779b97f4a7c15U);
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31U);
    }
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
};

class world;
inline world* now = nullptr;

/// What every object tells the world: that it is there, that it is gone.
struct tag {
    std::size_t id;
    std::uint64_t canary = 0xfeedfacecafebeefU;
    tag(std::size_t number);  // NOLINT(google-explicit-constructor)
    tag(tag const&) = delete;
    tag& operator=(tag const&) = delete;
    ~tag();
    using gc_leaf = void;
};

struct hand;
/// Traced by reflection.
struct plain {
    tag me;
    gc::ptr<plain> a{};
    gc::ptr<hand> b{};
    std::vector<gc::ptr<plain>> many{};
    std::optional<gc::ptr<hand>> perhaps{};
};
/// Traced by hand, with a finalizer that may bring it back.
struct hand {
    tag me;
    gc::ptr<hand> a{};
    gc::ptr<plain> b{};
    std::map<int, gc::ptr<hand>> table{};
    gc::member_ptr<tag> part{};

    explicit hand(std::size_t id) : me(id) {}
    void traverse(auto&& visit) { visit(a, b, table, part); }
    void finalize();
};

struct any {
    gc::ptr<plain> p{};
    gc::ptr<hand> h{};
    [[nodiscard]] std::size_t id() const { return p ? p->me.id : h->me.id; }
    explicit operator bool() const { return p || h; }
};

/// What the fields of an object are to be: ids, or -1.
struct fields {
    long a = -1;
    long b = -1;
    long perhaps = -1;
    long part = -1;
    std::vector<long> many;
    std::map<int, long> table;
    bool operator==(fields const&) const = default;
};

class world {
public:
    explicit world(std::uint64_t seed) : dice_{seed} { now = this; }
    ~world() { now = nullptr; }
    world(world const&) = delete;
    world& operator=(world const&) = delete;

    std::vector<char> alive;
    std::vector<char> finalized;
    std::vector<char> brings_back;  // 1: finalize() keeps it; 2: it lets go of what it points to
    std::vector<fields> wanted;
    std::vector<any> roots = std::vector<any>(6);
    std::vector<any> brought_back;
    std::string trouble;

    void fault(std::string what) {
        if (trouble.empty()) trouble = std::move(what);
    }

    /// The steps of a run; the first disagreement, or "".
    std::string run(std::size_t steps) {
        gc::disable();
        gc::set_threshold(static_cast<std::int64_t>(1 + dice_.below(40)), 2, 2);
        gc::set_incremental(dice_.below(2) == 0);
        for (std::size_t i = 0; i != steps && trouble.empty(); ++i) {
            step();
            if (trouble.empty() && i % 16 == 0) compare(false);
        }
        compare(false);
        settle();
        roots.clear();
        forget_brought_back();
        for (int round = 0; round != 8; ++round) {
            gc::collect();
            forget_brought_back();
        }
        for (std::size_t id = 0; id != alive.size(); ++id) {
            if (alive[id]) fault("never died: " + std::to_string(id));
        }
        gc::set_threshold(700, 10, 10);
        gc::set_incremental(false);
        gc::enable();
        return trouble;
    }

private:
    dice dice_;

    any make() {
        any one;
        std::size_t const id = alive.size();
        if (dice_.below(2) == 0) {
            one.p = gc::make<plain>(id);
        } else {
            brings_back.resize(id + 1);
            brings_back[id] = static_cast<char>(dice_.below(8));
            one.h = gc::make<hand>(id);
        }
        return one;
    }
    any& root() { return roots[dice_.below(roots.size())]; }
    /// Somewhere in the graph.
    any walk() {
        any at = root();
        for (std::size_t steps = dice_.below(5); at && steps != 0; --steps) {
            any next;
            if (at.p) {
                switch (dice_.below(4)) {
                    case 0: next.p = at.p->a; break;
                    case 1: next.h = at.p->b; break;
                    case 2:
                        if (!at.p->many.empty()) next.p = at.p->many[dice_.below(at.p->many.size())];
                        break;
                    default:
                        if (at.p->perhaps) next.h = *at.p->perhaps;
                }
            } else {
                switch (dice_.below(3)) {
                    case 0: next.h = at.h->a; break;
                    case 1: next.p = at.h->b; break;
                    default:
                        if (!at.h->table.empty()) next.h = at.h->table.begin()->second;
                }
            }
            if (!next) break;
            at = std::move(next);
        }
        return at;
    }

    void step() {
        switch (dice_.below(26)) {
            case 0: case 1: case 2: case 3: root() = make(); break;
            case 4: root() = any(); break;
            case 5: root() = walk(); break;
            case 6: case 7: case 8: case 9: case 10: link(); break;
            case 11: case 12: unlink(); break;
            case 13: collect(0); break;
            case 14: if (dice_.below(3) == 0) collect(1); break;
            case 15: if (dice_.below(3) == 0) collect(2); break;
            case 16:
                if (dice_.below(8) == 0) gc::freeze();
                if (dice_.below(2) == 0) gc::unfreeze();
                break;
            case 17: forget_brought_back(); break;
            case 18: ring(); break;
            default: slice(); break;
        }
    }
    void link() {
        any from = walk();
        any to = dice_.below(4) == 0 ? make() : walk();
        if (!from || !to) return;
        bool const first = dice_.below(2) == 0;
        int const key = static_cast<int>(dice_.below(3));
        auto const id = static_cast<long>(to.id());
        fields& want = wanted[from.id()];
        if (from.p) {
            if (to.p) {
                if (first) want.a = id, from.p->a = to.p;
                else want.many.push_back(id), from.p->many.push_back(to.p);
            } else {
                if (first) want.b = id, from.p->b = to.h;
                else want.perhaps = id, from.p->perhaps = to.h;
            }
        } else {
            if (to.p) {
                if (first) want.b = id, from.h->b = to.p;
                else want.part = id, from.h->part = gc::member_ptr<tag>(to.p, &to.p->me);
            } else {
                if (first) want.a = id, from.h->a = to.h;
                else want.table[key] = id, from.h->table[key] = to.h;
            }
        }
    }
    void forget_brought_back() {
        std::vector<any> gone;  // a finalizer may bring back another while these go
        gone.swap(brought_back);
    }
    void unlink() {
        any at = walk();
        if (!at) return;
        fields& want = wanted[at.id()];
        if (at.p) {
            switch (dice_.below(4)) {
                case 0: want.a = -1, at.p->a = nullptr; break;
                case 1: want.b = -1, at.p->b = nullptr; break;
                case 2: want.many.clear(), at.p->many.clear(); break;
                default: want.perhaps = -1, at.p->perhaps.reset();
            }
        } else {
            switch (dice_.below(4)) {
                case 0: want.a = -1, at.h->a.reset(); break;
                case 1: want.b = -1, at.h->b.reset(); break;
                case 2: want.table.clear(), at.h->table.clear(); break;
                default: want.part = -1, at.h->part.reset();
            }
        }
    }
    void ring() {
        std::size_t const n = 1 + dice_.below(9);
        gc::ptr<plain> first = gc::make<plain>(alive.size());
        gc::ptr<plain> last = first;
        for (std::size_t i = 1; i < n; ++i) {
            auto next = gc::make<plain>(alive.size());
            wanted[last->me.id].a = static_cast<long>(next->me.id);
            last->a = next;
            last = std::move(next);
        }
        wanted[last->me.id].a = static_cast<long>(first->me.id);
        last->a = first;
        if (dice_.below(3) == 0) root().p = first, root().h = nullptr;
    }
    void slice();

    // ---- the graph as it is ----

    template <class P>
    static long id_of(P const& p) {
        return p ? static_cast<long>(p->me.id) : -1;
    }
    static fields fields_of(any const& of) {
        fields has;
        if (of.p) {
            has.a = id_of(of.p->a);
            has.b = id_of(of.p->b);
            for (auto const& p : of.p->many) has.many.push_back(id_of(p));
            if (of.p->perhaps) has.perhaps = id_of(*of.p->perhaps);
        } else {
            has.a = id_of(of.h->a);
            has.b = id_of(of.h->b);
            for (auto const& [key, h] : of.h->table) has.table[key] = id_of(h);
            has.part = of.h->part ? static_cast<long>(of.h->part->id) : -1;
        }
        return has;
    }
    static std::vector<any> edges(any const& from) {
        std::vector<any> all;
        auto const plain_edge = [&](gc::ptr<plain> const& p) { if (p) all.push_back({p, {}}); };
        auto const hand_edge = [&](gc::ptr<hand> const& h) { if (h) all.push_back({{}, h}); };
        if (from.p) {
            plain_edge(from.p->a);
            hand_edge(from.p->b);
            for (auto const& p : from.p->many) plain_edge(p);
            if (from.p->perhaps) hand_edge(*from.p->perhaps);
        } else {
            hand_edge(from.h->a);
            plain_edge(from.h->b);
            for (auto const& [key, h] : from.h->table) hand_edge(h);
            if (from.h->part) plain_edge(gc::self(reinterpret_cast<plain*>(from.h->part.get())));  // its first member
        }
        return all;
    }
    /// The ids that the roots reach; each of these objects has the fields that it is to have.
    std::set<std::size_t> reachable() {
        std::set<std::size_t> seen;
        std::vector<any> rest;
        for (auto const& list : {roots, brought_back}) {
            for (any const& one : list) {
                if (one.p) rest.push_back({one.p, {}});
                if (one.h) rest.push_back({{}, one.h});
            }
        }
        while (!rest.empty()) {
            any const at = std::move(rest.back());
            rest.pop_back();
            tag const& me = at.p ? at.p->me : at.h->me;
            if (me.canary != 0xfeedfacecafebeefU) {
                fault("a pointer to what is gone");
                return seen;
            }
            if (!seen.insert(me.id).second) continue;
            if (fields_of(at) != wanted[me.id]) fault("lost a field: " + std::to_string(me.id));
            for (any& next : edges(at)) rest.push_back(std::move(next));
        }
        return seen;
    }
    /// What is reachable is alive; with `exactly`, nothing else is.
    void compare(bool exactly) {
        std::set<std::size_t> const seen = reachable();
        for (std::size_t id = 0; id != alive.size(); ++id) {
            if (seen.count(id) != 0 && !alive[id]) fault("died early: " + std::to_string(id));
            if (exactly && seen.count(id) == 0 && alive[id]) fault("stays: " + std::to_string(id));
        }
    }
    void collect(int generation) {
        gc::collect(generation);
        compare(false);
    }
    void settle() {
        gc::unfreeze();
        forget_brought_back();
        // What is brought back in one round goes in the next, and none is brought back twice.
        for (int round = 0; round != 64; ++round) {
            std::size_t const before = brought_back.size();
            gc::collect();
            if (brought_back.size() == before) break;
        }
        compare(true);
    }
};

inline void world::slice() {
    gc::collect(gc::budget{1 + dice_.below(dice_.below(3) == 0 ? 3 : 200)});
    if (dice_.below(4) == 0) gc::enable();  // automatic collections, too
    if (dice_.below(2) == 0) gc::disable();
}

inline tag::tag(std::size_t number) : id(number) {
    if (now->alive.size() <= number) {
        now->alive.resize(number + 1);
        now->finalized.resize(number + 1);
        now->brings_back.resize(number + 1);
        now->wanted.resize(number + 1);
    }
    now->alive[number] = 1;
}
inline tag::~tag() {
    if (canary != 0xfeedfacecafebeefU || !now->alive[id]) now->fault("died twice: " + std::to_string(id));
    canary = 0;
    now->alive[id] = 0;
}
inline void hand::finalize() {
    if (now->finalized[me.id]) now->fault("finalized twice: " + std::to_string(me.id));
    now->finalized[me.id] = 1;
    for (auto const* p : {&a, a ? &a->a : &a}) {
        if (*p && (*p)->me.canary != 0xfeedfacecafebeefU) now->fault("a finalizer sees what is gone");
    }
    if (now->brings_back[me.id] == 2) {
        now->wanted[me.id] = {};
        a.reset();
        b.reset();
        table.clear();
        part.reset();
    }
    if (now->brings_back[me.id] == 1) now->brought_back.push_back({{}, gc::self(this)});
}

}  // namespace model

#endif  // AMPHIS_TESTS_GC_MODEL_HPP
