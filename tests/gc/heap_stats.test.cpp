// SPDX-License-Identifier: MIT
#include <amphis/gc.hpp>
#include <amphis/gc/heap_stats.hpp>

#include <array>
#include <cstddef>
#include <cstdio>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/catch.hpp"

namespace gc = amphis::gc;
namespace sys = amphis::sys;

namespace {

struct Node {
    long value = 0;
    gc::ptr<Node> next{};
};
struct Large {
    std::array<char, 100'000> bytes{};
};
template <std::size_t Bytes>
struct Block {
    std::array<char, Bytes> bytes{};
};

gc::heap_stats::size_class of_slot(gc::heap_stats const& s, std::size_t bytes) {
    for (auto const& one : s.classes) {
        if (one.slot_bytes == bytes) return one;
    }
    return {};
}

/// Every byte of the arenas is something.
bool adds_up(gc::heap_stats const& s) {
    std::size_t in_use = 0;
    std::size_t available = 0;
    std::size_t slabs = s.unused_slabs;
    for (auto const& one : s.classes) {
        in_use += one.slots_in_use * one.slot_bytes;
        available += one.slots_free * one.slot_bytes;
        slabs += one.slabs;
    }
    return in_use == s.bytes_in_use && available == s.bytes_available && slabs * s.slab_bytes == s.arenas * s.arena_bytes &&
           s.bytes_in_use + s.bytes_available + s.unused_slabs * s.slab_bytes + s.bytes_of_heads + s.bytes_left_over == s.arenas * s.arena_bytes;
}

std::string printed() {
    std::FILE* const file = std::tmpfile();
    sys::_debugmallocstats(file);
    std::rewind(file);
    std::string text(20'000, '\0');
    text.resize(std::fread(text.data(), 1, text.size(), file));
    std::fclose(file);
    return text;
}

}  // namespace

TEST_CASE("heap_stats: a thread that has made nothing has nothing", "[gc]") {
    gc::heap_stats s;
    std::string text;
    std::thread([&] {
        s = gc::get_heap_stats();
        text = printed();
    }).join();
    CHECK(s.objects() == 0);
    CHECK(s.arenas == 0);
    CHECK(adds_up(s));
    CHECK(text ==
          "Small block threshold = 8192, in 95 size classes.\n\n"
          "class   size   num slabs   blocks in use  avail blocks\n"
          "-----   ----   ---------   -------------  ------------\n\n"
          "# arenas allocated current         =                    0\n"
          "0 arenas * 2097152 bytes/arena     =                    0\n\n"
          "# bytes in allocated blocks        =                    0\n"
          "# bytes in available blocks        =                    0\n"
          "0 unused slabs * 65536 bytes       =                    0\n"
          "# bytes lost to slab headers       =                    0\n"
          "# bytes lost to quantization       =                    0\n"
          "Total                              =                    0\n\n"
          "# large objects                    =                    0\n"
          "# bytes in large objects           =                    0\n"
          "# bytes in counters                =                    0\n");
}

TEST_CASE("heap_stats: an object is a slot of its size and 8 bytes", "[gc]") {
    std::size_t const before = sys::getallocatedblocks();
    auto const slots = of_slot(gc::get_heap_stats(), 24).slots_in_use;
    {
        std::vector<gc::ptr<Node>> nodes;
        for (int i = 0; i != 1000; ++i) nodes.push_back(gc::make<Node>());
        auto const s = gc::get_heap_stats();
        CHECK(of_slot(s, 24).slots_in_use == slots + 1000);
        CHECK(of_slot(s, 24).slabs == 1);
        CHECK(of_slot(s, 24).slots_in_use + of_slot(s, 24).slots_free > 2600);  // 64 KiB / 24, and the head
        CHECK(sys::getallocatedblocks() == before + 1000);
        CHECK(s.bytes_of_counters > 0);
        CHECK(adds_up(s));
    }
    CHECK(sys::getallocatedblocks() == before);
    CHECK(of_slot(gc::get_heap_stats(), 24).slots_in_use == slots);
}

TEST_CASE("heap_stats: what cannot be in a cycle counts, and a cycle until it is collected", "[gc]") {
    std::size_t const before = sys::getallocatedblocks();
    {
        auto const plain = gc::make<std::string>("not tracked");
        auto const cycle = gc::make<Node>();
        cycle->next = cycle;
        CHECK(sys::getallocatedblocks() == before + 2);
    }
    CHECK(sys::getallocatedblocks() == before + 1);
    gc::collect();
    CHECK(sys::getallocatedblocks() == before);
}

TEST_CASE("heap_stats: large objects have memory of their own", "[gc]") {
    auto const before = gc::get_heap_stats();
    {
        auto const one = gc::make<Large>();
        auto const another = gc::make<Large>();
        auto const s = gc::get_heap_stats();
        CHECK(s.large_objects == before.large_objects + 2);
        CHECK(s.bytes_in_large_objects == before.bytes_in_large_objects + 200'000);
        CHECK(s.bytes_in_use == before.bytes_in_use);
        CHECK(s.objects() == before.objects() + 2);
        CHECK(adds_up(s));
    }
    CHECK(gc::get_heap_stats().large_objects == before.large_objects);
}

TEST_CASE("heap_stats: every byte of the arenas is accounted for, whatever comes and goes", "[gc]") {
    std::mt19937 random(6);
    std::vector<gc::ptr<void>> all(5000);
    bool right = true;
    std::size_t const before = sys::getallocatedblocks();
    for (int i = 0; i != 40'000; ++i) {
        auto& place = all[random() % all.size()];
        switch (random() % (i < 20'000 ? 6U : 12U)) {
            case 0: place = gc::make<Node>(); break;
            case 1: place = gc::make<Block<8>>(); break;
            case 2: place = gc::make<Block<100>>(); break;
            case 3: place = gc::make<Block<600>>(); break;
            case 4: place = gc::make<Block<5000>>(); break;
            case 5: place = i % 100 == 0 ? gc::ptr<void>(gc::make<Block<9000>>()) : nullptr; break;
            default: place = nullptr;
        }
        if (i % 1000 == 0) right = right && adds_up(gc::get_heap_stats());
    }
    std::size_t there = 0;
    for (auto const& one : all) there += one != nullptr;
    CHECK(sys::getallocatedblocks() == before + there);
    all.clear();
    CHECK(sys::getallocatedblocks() == before);
    CHECK((right && adds_up(gc::get_heap_stats())));
}

TEST_CASE("heap_stats: are printed as CPython prints its own", "[gc]") {
    std::vector<gc::ptr<Node>> nodes;
    for (int i = 0; i != 1234; ++i) nodes.push_back(gc::make<Node>());
    std::string const text = printed();
    // The same columns as in >>> sys._debugmallocstats()
    CHECK(text.find("\nclass   size   num slabs   blocks in use  avail blocks\n-----   ----   ---------   -------------  ------------\n") != std::string::npos);
    CHECK(text.find("\n    3     24           1            1234 ") != std::string::npos);
    std::size_t lines = 0;
    for (std::size_t at = text.find("\n# arenas") + 1; at < text.size();) {
        std::size_t const end = text.find('\n', at);
        if (end != at) {
            ++lines;
            CHECK(end - at == 57);
            CHECK(text[at + 35] == '=');
        }
        at = end + 1;
    }
    CHECK(lines == 11);
    std::string total = std::to_string(gc::get_heap_stats().arenas * gc::heap_stats::arena_bytes);  // 2,097,152
    for (std::size_t at = total.size() - 3; at < total.size() && at != 0; at -= at > 3 ? 3 : at) total.insert(at, ",");
    CHECK(text.find("Total                              =" + std::string(21 - total.size(), ' ') + total + "\n") != std::string::npos);
    CHECK(text.find(" arenas * 2097152 bytes/arena     =            ") != std::string::npos);
}

TEST_CASE("heap_stats: of the thread that asks", "[gc][threads]") {
    auto const mine = gc::make<Node>();
    std::size_t here = 0;
    std::size_t there = 0;
    std::thread([&] {
        auto const theirs = gc::make<Node>();
        auto const more = gc::make<Node>();
        there = sys::getallocatedblocks();
    }).join();
    here = sys::getallocatedblocks();
    CHECK(here >= 1);
    CHECK(there == 2);
}
