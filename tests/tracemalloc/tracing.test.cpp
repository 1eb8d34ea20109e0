// SPDX-License-Identifier: MIT
// Tracing: what is seen, what is not, and which line it is said to be from. Built with -g; tests/tracemalloc/second_unit.cpp is its second unit.
#include <amphis/builtins.hpp>
#include <amphis/gc.hpp>
#include <amphis/gc/island.hpp>
#include <amphis/tracemalloc.hpp>

#include "support/catch.hpp"
#include "tracemalloc/second_unit.hpp"

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <new>
#include <string>
#include <thread>
#include <vector>

#if defined(__linux__)
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

namespace gc = amphis::gc;
namespace tracemalloc = amphis::tracemalloc;
using amphis::str;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif
#else
constexpr bool sanitized = false;
#endif

/// Traces while it lives.
struct tracing {
    explicit tracing(int nframe = 1) { tracemalloc::start(nframe); }
    tracing(tracing const&) = delete;
    tracing& operator=(tracing const&) = delete;
    ~tracing() { tracemalloc::stop(); }
};
std::size_t current() { return tracemalloc::get_traced_memory().first; }
std::size_t peak() { return tracemalloc::get_traced_memory().second; }

/// Whether lines can be known here: -g, and addr2line.
bool have_lines() {
    static bool const have = [] {
        tracing const on;
        auto const block = std::make_unique<int>(1);
        return tracemalloc::get_object_traceback(block).value()[0].lineno() != 0;
    }();
    if (!have) WARN("no debug information, or no addr2line: lines are not tested");
    return have;
}
/// The line where an object's memory was asked for.
template <class T>
long line_of(T const& object) {
    auto const traceback = tracemalloc::get_object_traceback(object);
    if (!traceback) return -1;
    tracemalloc::Frame const last = (*traceback)[-1];
    bool const here = last.filename().size() > 16 && last.filename().substr(last.filename().size() - 16) == "tracing.test.cpp";
    if (!here) UNSCOPED_INFO(str(last));
    return here ? last.lineno() : -1;
}
/// The compiler may not leave the block out, as it may one that nobody knows of.
template <class T>
void keep(T const& object) {
    asm volatile("" : : "r"(&object) : "memory");
}
#define LINE static_cast<long>(__LINE__)

struct Node {
    gc::ptr<Node> next{};
    long values[3]{};
};
struct Bad {
    gc::ptr<Node> node{};
    explicit Bad(int) { throw amphis::ValueError("bad"); }
    void traverse(auto&& visit) { visit(node); }
};
struct Large {
    std::array<char, 100'000> bytes{};
};

}  // namespace

TEST_CASE("tracemalloc: is off until it is started", "[tracemalloc]") {
    CHECK_FALSE(tracemalloc::is_tracing());
    CHECK(tracemalloc::get_traced_memory() == std::pair<std::size_t, std::size_t>(0, 0));
    CHECK(tracemalloc::get_object_traceback(std::make_unique<int>(1)) == std::nullopt);
    tracemalloc::stop();
    tracemalloc::clear_traces();
    tracemalloc::reset_peak();
    std::string message;
    try {
        static_cast<void>(tracemalloc::take_snapshot());
    } catch (amphis::RuntimeError const& e) {
        message = str(e);
    }
    CHECK(message == "the tracemalloc module must be tracing memory allocations to take a snapshot");
    CHECK_FALSE(tracemalloc::track(1, &message, 10));
    CHECK_FALSE(tracemalloc::untrack(1, &message));
}

TEST_CASE("tracemalloc: the number of frames", "[tracemalloc]") {
    for (long long const bad : {0LL, -1LL, 65536LL, 1LL << 30}) {
        std::string message;
        try {
            tracemalloc::start(bad);
        } catch (amphis::ValueError const& e) {
            message = str(e);
        }
        CHECK(message == "the number of frames must be in range [1; 65535]");
        CHECK_FALSE(tracemalloc::is_tracing());
    }
    tracemalloc::start(7);
    tracemalloc::start(3);  // does nothing
    CHECK(tracemalloc::get_traceback_limit() == 7);
    tracemalloc::stop();
    CHECK(tracemalloc::get_traceback_limit() == 7);
    tracemalloc::start(65535);
    auto const block = std::make_unique<int>(1);
    CHECK(tracemalloc::get_object_traceback(block).has_value());
    tracemalloc::stop();
}

TEST_CASE("tracemalloc: counts bytes, and the most that there were", "[tracemalloc]") {
    tracing const on;
    tracemalloc::clear_traces();
    CHECK(current() == 0);
    auto block = std::make_unique<char[]>(1 << 20);
    CHECK(current() == 1 << 20);
    CHECK(peak() == 1 << 20);
    block = nullptr;
    CHECK(current() == 0);
    CHECK(peak() == 1 << 20);
    tracemalloc::reset_peak();
    CHECK(peak() == 0);
    block = std::make_unique<char[]>(1000);
    CHECK(peak() == 1000);
    tracemalloc::clear_traces();
    CHECK(tracemalloc::get_traced_memory() == std::pair<std::size_t, std::size_t>(0, 0));
    CHECK(tracemalloc::get_object_traceback(block) == std::nullopt);
    block = nullptr;  // its trace is gone already
    CHECK(current() == 0);
}

TEST_CASE("tracemalloc: every form of operator new and delete", "[tracemalloc]") {
    struct alignas(64) wide {
        char bytes[64];
    };
    for (bool const traced : {false, true}) {
        if (traced) tracemalloc::start();
        std::size_t const before = current();
        std::size_t const each = traced ? 64 : 0;
        void* const volatile one = ::operator new(64);
        void* const volatile some = ::operator new[](64);
        void* const volatile one_or_null = ::operator new(64, std::nothrow);
        void* const volatile some_or_null = ::operator new[](64, std::nothrow);
        CHECK(current() == before + 4 * each);
        auto const aligned = std::align_val_t(64);
        void* const volatile wide_one = ::operator new(64, aligned);
        void* const volatile wide_some = ::operator new[](64, aligned);
        void* const volatile wide_or_null = ::operator new(64, aligned, std::nothrow);
        void* const volatile wide_some_or_null = ::operator new[](64, aligned, std::nothrow);
        CHECK(current() == before + 8 * each);
        CHECK(reinterpret_cast<std::uintptr_t>(wide_or_null) % 64 == 0);
        ::operator delete(one);
        ::operator delete[](some, std::size_t{64});
        ::operator delete(one_or_null, std::nothrow);
        ::operator delete[](some_or_null, std::nothrow);
        ::operator delete(wide_one, aligned);
        ::operator delete[](wide_some, 64, aligned);
        ::operator delete(wide_or_null, aligned, std::nothrow);
        ::operator delete[](wide_some_or_null, aligned, std::nothrow);
        ::operator delete(nullptr);
        CHECK(current() == before);
        delete new wide();
        delete[] new wide[3];
        void* const volatile nothing = ::operator new(0);
        CHECK(nothing != nullptr);
        ::operator delete(nothing);
        CHECK(current() == before);
    }
    tracemalloc::stop();
}

TEST_CASE("tracemalloc: what there is too little memory for raises as ever", "[tracemalloc]") {
    if (sanitized) return;  // it ends the program
    tracing const on;
    std::size_t const before = current();
    std::size_t const volatile huge = static_cast<std::size_t>(-1) / 2;
    CHECK_THROWS_AS(::operator new(huge), std::bad_alloc);
    std::size_t const volatile most = static_cast<std::size_t>(-1);
    CHECK_THROWS_AS(::operator new(most, std::align_val_t(64)), std::bad_alloc);
    CHECK(::operator new(huge, std::nothrow) == nullptr);
    CHECK(::operator new[](huge, std::nothrow) == nullptr);
    CHECK(current() == before);
    static int calls = 0;
    std::set_new_handler([] {
        if (++calls == 3) throw std::bad_alloc();
    });
    CHECK_THROWS_AS(::operator new(huge), std::bad_alloc);
    std::set_new_handler(nullptr);
    CHECK(calls == 3);
}

TEST_CASE("tracemalloc: the line is the program's, not that of the library in between", "[tracemalloc]") {
    if (!have_lines()) return;
    tracing const on;
    auto const plain = std::unique_ptr<int>(new int(1)); long const at_plain = LINE;
    auto const made = std::make_unique<std::string>(100, 'x'); long const at_made = LINE;
    auto const shared = std::make_shared<Large>(); long const at_shared = LINE;
    std::vector<int> grown;
    for (int i = 0; i != 1000; ++i) {
        grown.push_back(i);
    }
    long const at_grown = LINE - 2;
    std::map<int, int> tree;
    tree[1] = 2; long const at_tree = LINE;
    std::string text = "short";
    text.append(500, 'x'); long const at_text = LINE;
    std::function<void()> const call = [large = std::array<char, 500>()] { static_cast<void>(large); };
    keep(call);
    keep(tree);
    keep(shared);
    CHECK(line_of(plain) == at_plain);
    CHECK(line_of(made.get()) == at_made);
    CHECK(line_of(*made) == at_made);
    CHECK(line_of(shared) == -1);  // the block begins with the counts
    CHECK(at_shared > 0);
    CHECK(line_of(grown) == at_grown);
    CHECK(line_of(text) == at_text);
    CHECK(line_of(&tree.begin()->first) == -1);  // as does a node
    CHECK(at_tree > 0);
    tracemalloc::Snapshot const all = tracemalloc::take_snapshot();
    for (long const line : {at_plain, at_made, at_shared, at_grown, at_tree, at_text, at_text + 1}) {
        auto const found = all.filter_traces({tracemalloc::Filter(true, "*tracing.test.cpp", line)});
        CAPTURE(line);
        CHECK(found.traces.size() == (line == at_made ? 2U : 1U));
    }
}

[[gnu::noinline]] static std::unique_ptr<int> inner() { return std::make_unique<int>(1); }
static long const inner_line = LINE - 1;
[[gnu::noinline]] static std::unique_ptr<int> outer(std::vector<int> const& order) {
    std::unique_ptr<int> made;
    for (int const i : order) {
        made = inner();
        *made = i;
    }
    return made;
}
static long const outer_line = LINE - 5;

TEST_CASE("tracemalloc: the calls that led there, the oldest first", "[tracemalloc]") {
    if (!have_lines()) return;
    {
        tracing const on(2);
        auto const block = outer({1});
        auto const traceback = tracemalloc::get_object_traceback(block).value();
        REQUIRE(traceback.size() == 2);
        CHECK(traceback[-1].lineno() == inner_line);
        CHECK(traceback[0].lineno() == outer_line);
        CHECK_FALSE(traceback.total_nframe());
    }
    tracing const on(100);
    auto const block = outer({1}); long const line = LINE;
    auto const traceback = tracemalloc::get_object_traceback(block).value();
    REQUIRE(traceback.size() > 3);
    CHECK(traceback[-3].lineno() == line);
    CHECK(traceback.total_nframe() == traceback.size());  // they were fewer than 100
    CHECK(traceback[0].filename().find("main") != std::string::npos);
    CHECK(traceback.format(1)[1] == "    [[gnu::noinline]] static std::unique_ptr<int> inner() { return std::make_unique<int>(1); }");
}

TEST_CASE("tracemalloc: what another file allocates is its line's", "[tracemalloc]") {
    if (!have_lines()) return;
    tracing const on;
    auto const block = second_unit_block();
    CHECK(tracemalloc::get_object_traceback(block).value()[0].lineno() == 6);
    CHECK(tracemalloc::get_object_traceback(block).value()[0].filename().find("second_unit.cpp") != std::string::npos);
}

TEST_CASE("tracemalloc: objects of gc::make() are seen one by one", "[tracemalloc][gc]") {
    bool const lines = have_lines();
    auto const before = gc::make<Node>();
    tracing const on;
    std::size_t const at_start = current();
    auto node = gc::make<Node>(); long const line = LINE;
    CHECK(current() == at_start + sizeof(Node) + 8);
    CHECK(line_of(node) == (lines ? line : -1));
    std::vector<gc::ptr<Node>> nodes;
    nodes.reserve(10'000);
    std::size_t const empty = current();
    for (int i = 0; i != 10'000; ++i) nodes.push_back(gc::make<Node>());
    CHECK(current() == empty + 10'000 * (sizeof(Node) + 8));  // and neither slabs nor arenas
    nodes.resize(2'500);
    CHECK(current() == empty + 2'500 * (sizeof(Node) + 8));
    nodes[0]->next = nodes[1];
    nodes[1]->next = nodes[0];
    nodes.clear();
    CHECK(current() == empty + 2 * (sizeof(Node) + 8));
    gc::collect();
    CHECK(current() <= empty + 64'000);  // what the collector keeps
    node = nullptr;
    CHECK(tracemalloc::get_object_traceback(before) == std::nullopt);
}

TEST_CASE("tracemalloc: an island that goes to another thread takes its traces along", "[tracemalloc][gc][threads]") {
    tracing const on;
    gc::ptr<Node> const mine = gc::make<Node>();
    std::size_t const before = current();
    {
        gc::island island([] {
            auto first = gc::make<Node>();
            for (int i = 0; i != 100; ++i) {
                auto const next = gc::make<Node>();
                next->next = first;
                first = next;
            }
            return first;
        });
        std::size_t const built = current();
        CHECK(built >= before + 101 * (sizeof(Node) + 8));
        gc::ptr<Node> root = std::move(island).adopt();
        CHECK(tracemalloc::get_object_traceback(root).has_value());
        root->next = nullptr;
        CHECK(built - current() >= 100 * (sizeof(Node) + 8));
        CHECK(tracemalloc::get_object_traceback(gc::make<Node>()).has_value());
    }
    CHECK(current() < before + 4'096);  // what this heap's tables grew by
}

TEST_CASE("tracemalloc: large objects, and those whose constructor raises", "[tracemalloc][gc]") {
    tracing const on;
    std::size_t const empty = current();
    auto large = gc::make<Large>();
    CHECK(current() == empty + sizeof(Large) + 8);
    CHECK(tracemalloc::get_object_traceback(large).has_value());
    large = nullptr;
    CHECK(current() == empty);
    CHECK_THROWS_AS(gc::make<Bad>(1), amphis::ValueError);
    CHECK(current() < empty + 1'000);  // what the exception left
}

TEST_CASE("tracemalloc: the heap goes its short way again when nobody traces", "[tracemalloc][gc]") {
    for (int round = 0; round != 3; ++round) {
        std::vector<gc::ptr<Node>> nodes;
        for (int i = 0; i != 3'000; ++i) nodes.push_back(gc::make<Node>());
        tracemalloc::start();
        for (int i = 0; i != 3'000; ++i) nodes.push_back(gc::make<Node>());
        nodes.erase(nodes.begin() + 1'000, nodes.begin() + 4'000);
        CHECK(amphis::detail::gc::here->rooms == amphis::detail::gc::here->aside);
        tracemalloc::stop();
        CHECK(amphis::detail::gc::here->rooms == amphis::detail::gc::here->room);
        CHECK(current() == 0);
        for (int i = 0; i != 3'000; ++i) nodes.push_back(gc::make<Node>());
        for (auto const& node : nodes) node->next = node;
    }
    gc::collect();
    CHECK(gc::get_objects().size() < 1'000);
}

TEST_CASE("tracemalloc: its own memory is not traced", "[tracemalloc]") {
    tracing const on;
    auto const block = second_unit_block();
    std::size_t const before = current();
    auto snapshot = tracemalloc::take_snapshot();
    CHECK(current() == before);
    auto const stats = snapshot.statistics("lineno");
    auto const diff = snapshot.compare_to(snapshot, "traceback");
    auto const filtered = snapshot.filter_traces({tracemalloc::Filter(false, "x")});
    CHECK(current() == before);
    CHECK(tracemalloc::get_tracemalloc_memory() > 0);
    std::size_t const full = tracemalloc::get_tracemalloc_memory();
    tracemalloc::clear_traces();
    CHECK(tracemalloc::get_tracemalloc_memory() < full);
}

TEST_CASE("tracemalloc: threads are traced, too", "[tracemalloc][threads]") {
    tracing const on;
    constexpr std::size_t threads = 4;
    constexpr std::size_t blocks = 2'000;
    std::vector<std::vector<std::unique_ptr<long>>> kept(threads);
    for (auto& one : kept) one.reserve(blocks);
    {
        std::vector<std::thread> all;
        for (auto& mine : kept) {
            all.emplace_back([&mine] {
                std::vector<gc::ptr<Node>> nodes;
                for (std::size_t i = 0; i != blocks; ++i) {
                    auto const short_lived = std::make_unique<long>(1);
                    mine.push_back(std::make_unique<long>(2));
                    nodes.push_back(gc::make<Node>());
                }
                if (tracemalloc::get_object_traceback(nodes.back()) == std::nullopt) mine.clear();
            });
        }
        for (auto& thread : all) thread.join();
    }
    auto const stats = tracemalloc::take_snapshot().statistics("traceback");
    REQUIRE_FALSE(stats.empty());
    CHECK(stats[0].count() == threads * blocks);
    CHECK(stats[0].size() == threads * blocks * sizeof(long));
    std::size_t const before = current();
    std::thread([&kept] { kept[0].clear(); }).join();
    CHECK(before - current() >= blocks * sizeof(long));
}

TEST_CASE("tracemalloc: started and stopped while others allocate", "[tracemalloc][threads]") {
    bool done = false;
    std::thread other([&done] {
        while (!__atomic_load_n(&done, __ATOMIC_ACQUIRE)) {
            std::vector<std::string> texts(100, std::string(50, 'x'));
            auto const node = gc::make<Node>();
        }
    });
    for (int i = 0; i != 50; ++i) {
        tracemalloc::start(i % 2 == 0 ? 1 : 10);
        CHECK(tracemalloc::get_traced_memory().first <= tracemalloc::get_traced_memory().second + 1'000'000);
        if (i % 10 == 0) CHECK(tracemalloc::take_snapshot().traceback_limit == 1);
        tracemalloc::clear_traces();
        tracemalloc::stop();
    }
    __atomic_store_n(&done, true, __ATOMIC_RELEASE);
    other.join();
}

TEST_CASE("tracemalloc: blocks of an allocator of one's own", "[tracemalloc]") {
    bool const lines = have_lines();
    tracing const on;
    char pool[256];
    std::size_t const before = current();
    auto const in_domain = [](unsigned domain) {
        std::size_t all = 0;
        for (auto const& trace : tracemalloc::take_snapshot().filter_traces({tracemalloc::DomainFilter(true, domain)}).traces) all += trace.size();
        return all;
    };
    CHECK(tracemalloc::track(5, pool, 123));
    CHECK(tracemalloc::track(6, pool, 1));
    CHECK(current() == before + 124);
    CHECK(in_domain(5) == 123);
    CHECK(tracemalloc::track(0, pool, 1)); long const line = LINE;
    CHECK(line_of(&pool[0]) == (lines ? line : -1));
    CHECK(tracemalloc::track(5, pool, 200));  // the trace before goes
    CHECK(in_domain(5) == 200);
    CHECK(tracemalloc::untrack(5, pool));
    CHECK_FALSE(tracemalloc::untrack(5, pool));
    CHECK(in_domain(5) == 0);
    CHECK(in_domain(6) == 1);
}

TEST_CASE("tracemalloc: without memory for its table the program's blocks are there all the same", "[tracemalloc]") {
#if defined(__linux__)
    if (sanitized) return;
    ::pid_t const child = ::fork();
    if (child == 0) {
        tracemalloc::start();
        ::rlimit const limit{96U << 20U, 96U << 20U};
        ::setrlimit(RLIMIT_AS, &limit);
        // Small blocks until there are no more: their table has to grow where there is no room for a larger one.
        struct block {
            block* next;
        };
        block* all = nullptr;
        std::size_t count = 0;
        try {
            for (;; ++count) all = new block{all};
        } catch (std::bad_alloc const&) {
        }
        bool const untraced = tracemalloc::get_traced_memory().first < count * sizeof(block);
        for (std::size_t left = count; all != nullptr && left != 0; --left) delete std::exchange(all, all->next);
        ::_exit(all == nullptr && untraced && count > 100'000 && tracemalloc::get_traced_memory().first < 100'000 ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 0));
#endif
}
