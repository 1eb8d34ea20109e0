// SPDX-License-Identifier: MIT
#include <amphis/gc.hpp>
#include <amphis/gc/memory_resource.hpp>
#include <amphis/gc/private_heap.hpp>

#include <cstring>
#include <list>
#include <map>
#include <memory_resource>
#include <string>
#include <utility>
#include <vector>

#include "support/catch.hpp"

namespace gc = amphis::gc;

namespace {
struct Node {
    gc::ptr<Node> next{};
};
}  // namespace

using amphis::sys::getallocatedblocks;

TEST_CASE("private_heap: the block that was freed last is given out first", "[gc]") {
    gc::private_heap heap;
    void* const a = heap.allocate(100);
    void* const other = heap.allocate(100);
    heap.deallocate(a, 100);
    CHECK(heap.allocate(112) == a);  // of the same class
    CHECK(heap.allocate(113) != a);
    heap.deallocate(other, 100);
    CHECK(heap.allocate(97) == other);
}

TEST_CASE("private_heap: blocks of all sizes are apart, aligned, and keep what is written", "[gc]") {
    gc::private_heap heap;
    struct block {
        unsigned char* at;
        std::size_t bytes;
        unsigned char fill;
    };
    std::vector<block> blocks;
    std::uint64_t state = 1;
    auto const next = [&] { return state = state * 6364136223846793005U + 1442695040888963407U, static_cast<std::size_t>(state >> 33U); };
    auto const check = [](block const& b) {
        for (std::size_t i = 0; i != b.bytes; ++i) {
            if (b.at[i] != b.fill) return false;
        }
        return true;
    };
    bool intact = true;
    for (int step = 0; step != 60000; ++step) {
        if (blocks.empty() || next() % 16 < (step < 30000 ? 11U : 5U)) {
            std::size_t const bytes = next() % 8 == 0 ? next() % 2000 : 1 + next() % 512;
            auto* const at = static_cast<unsigned char*>(heap.allocate(bytes));
            intact = intact && reinterpret_cast<std::uintptr_t>(at) % 16 == 0;
            auto const fill = static_cast<unsigned char>(next());
            std::memset(at, fill, bytes);
            blocks.push_back({at, bytes, fill});
        } else {
            std::size_t const i = next() % blocks.size();
            intact = intact && check(blocks[i]);
            heap.deallocate(blocks[i].at, blocks[i].bytes);
            blocks[i] = blocks.back();
            blocks.pop_back();
        }
    }
    CHECK(intact);
    std::size_t small = 0;
    for (block const& b : blocks) small += b.bytes != 0 && b.bytes <= 512;
    CHECK(getallocatedblocks(heap) == small);
    for (block const& b : blocks) heap.deallocate(b.at, b.bytes);
    CHECK(getallocatedblocks(heap) == 0);
    CHECK(heap.get_stats().arenas == 1);  // one is kept
}

TEST_CASE("private_heap: empty arenas go back", "[gc]") {
    gc::private_heap heap;
    std::vector<void*> blocks;
    for (int i = 0; i != 100000; ++i) blocks.push_back(heap.allocate(64));
    auto const full = heap.get_stats();
    CHECK(full.arenas == 7);  // 100,000 * 64 bytes
    CHECK(full.classes[3].block_bytes == 64);
    CHECK(full.classes[3].blocks_in_use == 100000);
    for (void* const block : blocks) heap.deallocate(block, 64);
    auto const empty = heap.get_stats();
    CHECK(empty.arenas == 1);
    CHECK(empty.arenas_given_back == 6);
    CHECK(empty.most_arenas == 7);
    CHECK(empty.free_pools == 64);
}

TEST_CASE("private_heap: standard containers live in it", "[gc]") {
    gc::private_heap heap;
    {
        std::map<int, std::string, std::less<>, gc::allocator<std::pair<int const, std::string>>> table(heap);
        std::list<int, gc::allocator<int>> list(heap);
        for (int i = 0; i != 1000; ++i) {
            table[i] = std::to_string(i);
            list.push_back(i);
        }
        CHECK(getallocatedblocks(heap) == 2000);
        auto moved = std::move(list);
        CHECK(moved.size() == 1000);
        std::vector<int, gc::allocator<int>> const numbers(100000, 7, heap);  // 400,000 bytes: not from a pool
        CHECK(numbers.back() == 7);
        struct alignas(64) wide {
            int x = 1;
        };
        std::vector<wide, gc::allocator<wide>> const wides(3, heap);
        CHECK(reinterpret_cast<std::uintptr_t>(wides.data()) % 64 == 0);
        gc::memory_resource resource(heap);
        std::pmr::map<int, std::pmr::string> pmr(&resource);
        pmr.emplace(1, "a text that is longer than what a string holds in itself");
        CHECK(getallocatedblocks(heap) == 2002);
        CHECK(pmr.at(1).get_allocator().resource() == &resource);
        gc::private_heap another;
        CHECK(gc::allocator<int>(heap) != gc::allocator<int>(another));
        CHECK_THROWS_AS(gc::allocator<int>(heap).allocate(static_cast<std::size_t>(-1) / 2), std::bad_array_new_length);
    }
    CHECK(getallocatedblocks(heap) == 0);
}

TEST_CASE("private_heap: its statistics are printed as CPython's", "[gc]") {
    gc::private_heap heap;
    void* const block = heap.allocate(16);
    std::FILE* const file = std::tmpfile();
    amphis::sys::_debugmallocstats(heap, file);
    std::rewind(file);
    std::string text(2000, '\0');
    text.resize(std::fread(text.data(), 1, text.size(), file));
    std::fclose(file);
    CHECK(text.find("    0     16           1               1          1020\n") != std::string::npos);
    CHECK(text.find("# arenas allocated current         =                    1\n") != std::string::npos);
    CHECK(text.find("# unused pools                     =                   63\n") != std::string::npos);
    heap.deallocate(block, 16);
}

TEST_CASE("gc: a slab that is full while another one gets room is not taken from", "[gc]") {
    std::vector<gc::ptr<Node>> kept;
    for (int i = 0; i != 20000; ++i) kept.push_back(gc::make<Node>());
    std::uint64_t state = 1;
    for (int i = 0; i != 200000; ++i) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        kept[static_cast<std::size_t>(state >> 33U) % kept.size()] = (state & 4096U) != 0 ? gc::make<Node>() : nullptr;
    }
    std::size_t there = 0;
    for (auto const& one : kept) there += one != nullptr;
    CHECK(gc::get_objects().size() == there);
}
