// SPDX-License-Identifier: MIT
// Collections in slices; that they are sound between any two of them is for the model (model.test.cpp).
#include <amphis/gc.hpp>

#include <cstddef>
#include <string>
#include <vector>

#include "support/catch.hpp"

namespace gc = amphis::gc;

namespace {

struct Node {
    gc::ptr<Node> next{};
    std::vector<gc::ptr<Node>> others{};
};

void make_ring(int n) {
    auto const first = gc::make<Node>();
    auto last = first;
    for (int i = 1; i < n; ++i) last = last->next = gc::make<Node>();
    last->next = first;
}

struct manual {
    manual() {
        gc::collect();
        gc::disable();
    }
    manual(manual const&) = delete;
    manual& operator=(manual const&) = delete;
    ~manual() {
        gc::enable();
        gc::set_incremental(false);
    }
};

}  // namespace

TEST_CASE("gc: slices find what a collection in one go finds", "[gc]") {
    manual const by_hand;
    for (std::size_t const slice : {1U, 7U, 100U, 100000U}) {
        auto const kept = gc::make<Node>();
        for (int i = 0; i != 20; ++i) {
            kept->others.push_back(gc::make<Node>(i == 0 ? nullptr : kept->others.back()));
            make_ring(30);
        }
        // Backwards, so that the search has to go back.
        for (std::size_t i = 1; i != 20; ++i) kept->others[i]->others.push_back(kept->others[i - 1]);
        std::size_t slices = 0;
        std::size_t found = 0;
        std::size_t longest = 0;
        do {
            std::size_t const died = gc::collect(gc::budget{slice});
            found += died;
            longest = died > longest ? died : longest;
            ++slices;
        } while (gc::in_progress());
        CHECK(found == 600);
        CHECK(longest <= slice + 30);  // an island is not cut
        CHECK(gc::get_objects().size() == 21);
        CHECK(slices <= 6 * 700 / slice + 8);
        CHECK(gc::collect() == 0);
    }
}

TEST_CASE("gc: what happens between slices is respected", "[gc]") {
    manual const by_hand;
    auto kept = gc::make<Node>();
    kept->next = gc::make<Node>(kept);
    make_ring(10);
    for (int round = 0; round != 50; ++round) {
        gc::collect(gc::budget{3});
        auto moved = std::move(kept->next);  // in turn held by a variable and by the graph
        kept = gc::make<Node>();
        kept->next = std::move(moved);
    }
    CHECK(kept->next != nullptr);
    kept->next->next = nullptr;
    gc::collect();
    CHECK(gc::get_objects().size() == 2);
}

TEST_CASE("gc: another collection begins a pass anew, and so does freeze()", "[gc]") {
    manual const by_hand;
    make_ring(100);
    CHECK(gc::collect(gc::budget{150}) == 0);
    CHECK(gc::collect() == 100);
    make_ring(100);
    CHECK(gc::collect(gc::budget{150}) == 0);
    gc::freeze();
    CHECK(gc::collect(gc::budget{100000}) == 0);
    gc::unfreeze();
    CHECK(gc::collect(gc::budget{100000}) == 100);
}

TEST_CASE("gc: automatic collections in slices keep up with what is made", "[gc]") {
    manual const by_hand;
    CHECK_FALSE(gc::is_incremental());
    gc::set_incremental(true);
    gc::set_threshold(50, 2, 2);
    CHECK(gc::is_incremental());
    gc::enable();
    std::vector<gc::ptr<Node>> kept;
    for (int i = 0; i != 2000; ++i) kept.push_back(gc::make<Node>());
    auto const before = gc::get_stats()[2].collections;
    std::size_t most = 0;
    for (int i = 0; i != 20000; ++i) {
        // Old garbage, which young collections leave: only a pass over all finds it.
        kept[static_cast<std::size_t>(i) % 2000]->next = kept[static_cast<std::size_t>(i) % 2000];
        kept[static_cast<std::size_t>(i) % 2000] = gc::make<Node>();
        if (i % 500 == 0 && gc::get_objects().size() > most) most = gc::get_objects().size();
    }
    CHECK(gc::get_stats()[2].collections > before);
    CHECK(most < 12000);
    gc::set_threshold(700, 10, 10);
}

TEST_CASE("gc: callbacks see a collection in slices as one", "[gc]") {
    manual const by_hand;
    std::string seen;
    auto const id = gc::callbacks.append([&](char const* phase, gc::collection_info const& info) {
        seen += phase;
        seen += std::to_string(info.collected);
        seen += ' ';
    });
    make_ring(50);
    do gc::collect(gc::budget{20});
    while (gc::in_progress());
    gc::callbacks.remove(id);
    CHECK(seen == "start0 stop50 ");
}

namespace {
struct Freezes {
    gc::ptr<Freezes> next{};
    static inline int finalized = 0;
    void traverse(auto&& visit) { visit(next); }
    void finalize() {
        if (++finalized == 1) gc::freeze();
    }
};
}  // namespace

TEST_CASE("gc: freeze() in a finalizer of a slice: the islands that are left stay", "[gc]") {
    gc::collect();
    gc::disable();
    for (int i = 0; i != 10; ++i) {
        auto a = gc::make<Freezes>();
        a->next = a;
    }
    do gc::collect(gc::budget{3});
    while (gc::in_progress());
    CHECK(Freezes::finalized == 1);
    CHECK(gc::get_objects().size() == 9);
    gc::unfreeze();
    gc::collect();
    CHECK(Freezes::finalized == 10);
    CHECK(gc::get_objects().empty());
    gc::enable();
}

TEST_CASE("gc: a slice of nothing is one of an object", "[gc]") {
    gc::collect();
    gc::disable();
    auto a = gc::make<Freezes>();
    a->next = a;
    a = nullptr;
    std::size_t slices = 0;
    do {
        gc::collect(gc::budget{0});
        ++slices;
    } while (gc::in_progress() && slices != 10'000);
    CHECK(slices < 10'000);
    CHECK(gc::get_objects().empty());
    gc::enable();
}
