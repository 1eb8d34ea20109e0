// SPDX-License-Identifier: MIT
// generator: facts from PEP 255, 342, 380, 479 and CPython's test_generators, test_yield_from, test_pep479.
#include <amphis/lang/generator.hpp>

#include "support/catch.hpp"
#include "support/probes.hpp"

#include <algorithm>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>
#if !defined(__clang__) || __clang_major__ >= 16
#include <ranges>
#endif

using amphis::gen;
using amphis::generator;
using amphis::GeneratorExit;
using amphis::keep;
using amphis::KeyError;
using amphis::none_t;
using amphis::RuntimeError;
using amphis::StopIteration;
using amphis::TypeError;
using amphis::ValueError;
using amphis::yield_from;

namespace {

template <class E, class F>
std::string raised(F&& f) {
    try {
        f();
    } catch (E const& e) {
        return e.what();
    }
    return "nothing was raised";
}

template <class G>
auto all(G&& g) {
    std::vector<typename std::remove_cvref_t<G>::value_type> values;
    for (auto&& x : g) values.push_back(std::move(x));
    return values;
}

generator<int> count(int n) {
    for (int i = 0; i < n; ++i) co_yield i;
}

struct says {
    std::string& log;
    char const* word;
    says(std::string& l, char const* w) : log(l), word(w) {}
    ~says() { log += word; }
};

generator<int> with_cleanup(std::string& log) {
    says a(log, "a");
    says b(log, "b");
    co_yield 1;
    co_yield 2;
}

generator<int, std::optional<int>, std::string> total() {
    int sum = 0;
    for (;;) {
        std::optional<int> sent = co_yield sum;
        if (!sent) co_return "total=" + std::to_string(sum);
        sum += *sent;
    }
}

/// Answers what it is thrown.
generator<int, none_t> stubborn(std::string& log) {
    for (int i = 0;; ++i) {
        try {
            co_yield i;
        } catch (ValueError const& e) {
            log += std::string("V:") + e.what() + " ";
        } catch (GeneratorExit const&) {
            log += "exit ";
            throw;
        }
    }
}

}  // namespace

static_assert(std::is_nothrow_move_constructible_v<generator<int>> && !std::is_copy_constructible_v<generator<int>>);
#if !defined(__clang__) || __clang_major__ >= 16
static_assert(std::ranges::input_range<generator<int>> && !std::ranges::forward_range<generator<int>>);
static_assert(std::ranges::view<generator<std::unique_ptr<int>>> && std::ranges::view<generator<int, none_t, int>>);
static_assert(std::is_same_v<std::ranges::range_reference_t<generator<int&>>, int&>);
#endif

TEST_CASE("generator: yields its values, and nothing after the end", "[lang][generator]") {
    CHECK(all(count(0)).empty());
    CHECK(all(count(3)) == std::vector{0, 1, 2});
    auto g = count(2);
    CHECK(g.next() == 0);
    CHECK(g.next(7) == 1);
    CHECK(g.next(7) == 7);
    // >>> next(iter(()))  ->  StopIteration
    CHECK(raised<StopIteration>([&] { g.next(); }).empty());
    CHECK(all(g).empty());
}

TEST_CASE("generator: nothing runs before the first value is asked for", "[lang][generator]") {
    bool ran = false;
    auto make = [](bool& flag) -> generator<int> {
        flag = true;
        co_yield 1;
    };
    auto g = make(ran);
    CHECK(!ran);
    g.next();
    CHECK(ran);
}

TEST_CASE("generator: a for loop goes on where next stopped", "[lang][generator]") {
    auto g = count(5);
    g.next();
    g.next();
    CHECK(all(g) == std::vector{2, 3, 4});
}

TEST_CASE("generator: moved from, it is empty", "[lang][generator]") {
    auto a = count(3);
    auto b = std::move(a);
    CHECK(all(a).empty());
    CHECK(a.next(9) == 9);
    CHECK(raised<StopIteration>([&] { a.next(); }).empty());
    a.close();
    a = std::move(b);
    CHECK(all(a) == std::vector{0, 1, 2});
    auto t = total();
    auto u = std::move(t);
    for (int x : t) FAIL(x);
    CHECK(raised<StopIteration>([&] { t.send(1); }).empty());
}

TEST_CASE("generator: yields move-only values, copies of lvalues, and references", "[lang][generator]") {
    auto pointers = []() -> generator<std::unique_ptr<int>> {
        co_yield std::make_unique<int>(1);
        auto p = std::make_unique<int>(2);
        co_yield std::move(p);
    };
    auto made = all(pointers());
    CHECK((made.size() == 2 && *made[0] == 1 && *made[1] == 2));

    auto words = []() -> generator<std::string> {
        std::string s = "kept";
        co_yield s;            // a copy: the consumer may move it
        co_yield "literal";
        co_yield s;
    };
    auto g = words();
    CHECK((g.next() == "kept" && g.next() == "literal" && g.next() == "kept"));

    std::vector<int> v{1, 2, 3};
    auto each = [](std::vector<int>& of) -> generator<int&> {
        for (int& x : of) co_yield x;
    };
    for (int& x : each(v)) x *= 10;
    CHECK(v == std::vector{10, 20, 30});

    auto constants = []() -> generator<std::string const&> {
        co_yield "temporary";
        std::string local = "local";
        co_yield local;
    };
    CHECK(all(constants()) == std::vector<std::string>{"temporary", "local"});
}

TEST_CASE("generator: copies nothing that is moved through it", "[lang][generator]") {
    auto produce = []() -> generator<probes::move_only> {
        co_yield probes::move_only(1);
        probes::move_only kept(2);
        co_yield std::move(kept);
    };
    int n = 0;
    for (auto&& x : produce()) {
        probes::move_only taken(std::move(x));
        ++n;
    }
    CHECK(n == 2);
}

TEST_CASE("generator: send resumes with a value", "[lang][generator]") {
    auto g = total();
    CHECK(g.next() == 0);
    CHECK(g.send(10) == 10);
    CHECK(g.send(5) == 15);
    // >>> g.send(None)  ->  StopIteration: total=15
    CHECK(raised<StopIteration>([&] { g.send(std::nullopt); }) == "total=15");
    CHECK(g.result() == "total=15");
    CHECK(raised<StopIteration>([&] { g.send(1); }).empty());
}

TEST_CASE("generator: nothing but None is sent to one that has not begun", "[lang][generator]") {
    auto g = total();
    CHECK(raised<TypeError>([&] { g.send(3); }) == "can't send non-None value to a just-started generator");
    CHECK(g.send(std::nullopt) == 0);
    CHECK(g.send(3) == 3);
}

TEST_CASE("generator: next sends None", "[lang][generator]") {
    auto g = total();
    g.next();
    g.send(4);
    CHECK(raised<StopIteration>([&] { g.next(); }) == "total=4");
}

TEST_CASE("generator: a loop over a generator that is sent to sends None", "[lang][generator]") {
    auto g = total();
    CHECK(all(g) == std::vector{0});
    CHECK(g.result() == "total=0");
}

TEST_CASE("generator: result is there after the end only", "[lang][generator]") {
    auto g = total();
    CHECK(raised<RuntimeError>([&] { (void)g.result(); }) == "the generator has not returned");
    g.next();
    CHECK(raised<RuntimeError>([&] { (void)g.result(); }) == "the generator has not returned");
    CHECK(g.next(0) == 0);
    CHECK(g.result() == "total=0");
}

TEST_CASE("generator: throw_ raises where it waits", "[lang][generator]") {
    std::string log;
    auto g = stubborn(log);
    CHECK(g.next() == 0);
    CHECK(g.throw_(ValueError("one")) == 1);
    CHECK(g.throw_(std::make_exception_ptr(ValueError("two"))) == 2);
    CHECK(log == "V:one V:two ");
    CHECK(raised<KeyError>([&] { g.throw_(KeyError("k")); }) == "'k'");
    CHECK(raised<StopIteration>([&] { g.next(); }).empty());
}

TEST_CASE("generator: what is thrown into a fresh or a finished one comes back", "[lang][generator]") {
    std::string log;
    auto fresh = stubborn(log);
    CHECK(raised<ValueError>([&] { fresh.throw_(ValueError("v")); }) == "v");
    CHECK(log.empty());
    CHECK(raised<StopIteration>([&] { fresh.next(); }).empty());
    CHECK(raised<ValueError>([&] { fresh.throw_(ValueError("w")); }) == "w");
}

TEST_CASE("generator: throw_ raises StopIteration when the generator returns", "[lang][generator]") {
    auto g = [](std::string& log) -> generator<int, none_t, int> {
        try {
            co_yield 1;
        } catch (ValueError const&) {
            log += "caught";
        }
        co_return 42;
    };
    std::string log;
    auto it = g(log);
    it.next();
    CHECK(raised<StopIteration>([&] { it.throw_(ValueError("x")); }) == "42");
    CHECK((log == "caught" && it.result() == 42));
}

TEST_CASE("generator: close runs its cleanup, in reverse order", "[lang][generator]") {
    std::string log;
    auto g = with_cleanup(log);
    g.close();  // fresh: nothing to clean up
    CHECK(log.empty());
    auto h = with_cleanup(log);
    h.next();
    h.close();
    CHECK(log == "ba");
    h.close();
    CHECK(h.next(5) == 5);
    {
        auto dropped = with_cleanup(log);
        dropped.next();
    }
    CHECK(log == "baba");
    std::string told;
    auto s = stubborn(told);
    s.next();
    s.close();
    CHECK(told == "exit ");
    s.close();
    CHECK(told == "exit ");
}

TEST_CASE("generator: one that yields instead of ending is told off", "[lang][generator]") {
    auto make = []() -> generator<int, none_t> {
        for (;;) {
            try {
                co_yield 1;
            } catch (GeneratorExit const&) {
            }
        }
    };
    auto g = make();
    g.next();
    CHECK(raised<RuntimeError>([&] { g.close(); }) == "generator ignored GeneratorExit");
}

TEST_CASE("generator: close passes on what the body raises, and swallows a return", "[lang][generator]") {
    auto raises = []() -> generator<int, none_t> {
        try {
            co_yield 1;
        } catch (GeneratorExit const&) {
            throw KeyError("late");
        }
    };
    auto g = raises();
    g.next();
    CHECK(raised<KeyError>([&] { g.close(); }) == "'late'");
    auto returns = []() -> generator<int, none_t> {
        try {
            co_yield 1;
        } catch (GeneratorExit const&) {
        }
    };
    auto h = returns();
    h.next();
    h.close();
    CHECK(h.next(3) == 3);
}

TEST_CASE("generator: an exception finishes it", "[lang][generator]") {
    auto make = []() -> generator<int> {
        co_yield 1;
        throw KeyError("k");
    };
    auto g = make();
    g.next();
    CHECK(raised<KeyError>([&] { g.next(); }) == "'k'");
    CHECK(raised<StopIteration>([&] { g.next(); }).empty());
    CHECK(all(g).empty());
}

TEST_CASE("generator: StopIteration does not leave a body", "[lang][generator]") {
    auto make = []() -> generator<int> {
        co_yield 1;
        throw StopIteration();
    };
    auto g = make();
    g.next();
    CHECK(raised<RuntimeError>([&] { g.next(); }) == "generator raised StopIteration");
    auto outer = [&]() -> generator<int> { co_yield yield_from(make()); };
    auto h = outer();
    h.next();
    CHECK(raised<RuntimeError>([&] { h.next(); }) == "generator raised StopIteration");
}

TEST_CASE("generator: one that runs cannot be resumed", "[lang][generator]") {
    auto plain = [](generator<int>*& me) -> generator<int> {
        CHECK(raised<ValueError>([&] { me->next(); }) == "generator already executing");
        CHECK(raised<ValueError>([&] { me->close(); }) == "generator already executing");
        co_yield 1;
    };
    generator<int>* self = nullptr;
    auto g = plain(self);
    self = &g;
    CHECK(g.next() == 1);
    auto sent = [](generator<int, int>*& me) -> generator<int, int> {
        CHECK(raised<ValueError>([&] { me->send(1); }) == "generator already executing");
        CHECK(raised<ValueError>([&] { me->throw_(KeyError("")); }) == "generator already executing");
        co_yield 1;
    };
    generator<int, int>* other = nullptr;
    auto h = sent(other);
    other = &h;
    CHECK(h.next() == 1);
}

TEST_CASE("yield_from: the inner generator's values, and its return value", "[lang][generator][yield_from]") {
    auto inner = [](int n) -> generator<int, void, std::string> {
        for (int i = 0; i < n; ++i) co_yield i;
        co_return "done " + std::to_string(n);
    };
    std::string log;
    auto outer = [&inner](std::string& told) -> generator<int> {
        std::string first = co_yield yield_from(inner(2));
        told += first + ", ";
        auto finished = inner(0);
        for (int x : finished) FAIL(x);
        std::string second = co_yield yield_from(std::move(finished));
        told += second;
        co_yield 9;
    };
    CHECK(all(outer(log)) == std::vector{0, 1, 9});
    CHECK(log == "done 2, done 0");
}

TEST_CASE("yield_from: any range, referred to or moved in", "[lang][generator][yield_from]") {
    auto outer = [](std::vector<int>& kept) -> generator<int> {
        co_yield yield_from(kept);
        std::vector<int> gone{7, 8};
        co_yield yield_from(std::move(gone));
        int array[] = {9};
        co_yield yield_from(array);
    };
    std::vector<int> kept{1, 2};
    CHECK(all(outer(kept)) == std::vector{1, 2, 7, 8, 9});
}

TEST_CASE("yield_from: a generator that was begun goes on", "[lang][generator][yield_from]") {
    auto nest = [](generator<int> g) -> generator<int> { co_yield yield_from(std::move(g)); };
    auto g = nest(nest(nest(count(6))));
    CHECK(g.next() == 0);
    CHECK(g.next() == 1);
    auto outer = nest(nest(std::move(g)));
    CHECK(all(outer) == std::vector{2, 3, 4, 5});
}

TEST_CASE("yield_from: send and throw_ reach the innermost", "[lang][generator][yield_from]") {
    auto outer = [](std::string& log) -> generator<int, std::optional<int>, int> {
        std::string inner = co_yield yield_from(total());
        log += inner;
        co_return 7;
    };
    std::string log;
    auto g = outer(log);
    CHECK(g.next() == 0);
    CHECK(g.send(10) == 10);
    CHECK(g.send(5) == 15);
    CHECK(raised<StopIteration>([&] { g.send(std::nullopt); }) == "7");
    CHECK(log == "total=15");

    std::string told;
    auto deep = [](std::string& l) -> generator<int, none_t> { co_yield yield_from(stubborn(l)); };
    auto deeper = [&deep](std::string& l) -> generator<int, none_t> { co_yield yield_from(deep(l)); };
    auto h = deeper(told);
    h.next();
    CHECK(h.throw_(ValueError("down there")) == 1);
    h.close();
    CHECK(told == "V:down there exit ");
}

TEST_CASE("yield_from: what cannot be told ends, and its parent hears of it", "[lang][generator][yield_from]") {
    std::string log;
    auto outer = [](std::string& l) -> generator<int, none_t> {
        try {
            co_yield yield_from(with_cleanup(l));
        } catch (ValueError const& e) {
            l += e.what();
        }
        co_yield 9;
    };
    auto g = outer(log);
    CHECK(g.next() == 1);
    CHECK(g.throw_(ValueError("!")) == 9);
    CHECK(log == "ba!");
    std::vector<int> v{1, 2};
    auto over_range = [](std::vector<int>& r) -> generator<int, int> { co_yield yield_from(r); };
    auto h = over_range(v);
    h.next();
    CHECK(raised<amphis::AttributeError>([&] { h.send(1); }) == "the iterator has no attribute 'send'");
}

TEST_CASE("yield_from: closing goes from the inside out", "[lang][generator][yield_from]") {
    std::string log;
    auto outer = [](std::string& l) -> generator<int> {
        says o(l, "o");
        co_yield yield_from(with_cleanup(l));
    };
    {
        auto g = outer(log);
        g.next();
        g.close();
        CHECK(log == "bao");
    }
    {
        auto g = outer(log);
        g.next();
    }
    CHECK(log == "baobao");
}

TEST_CASE("yield_from: an exception passes through the outer ones", "[lang][generator][yield_from]") {
    auto inner = []() -> generator<int> {
        co_yield 1;
        throw KeyError("inner");
    };
    auto outer = [&inner](std::string& log) -> generator<int> {
        try {
            co_yield yield_from(inner());
        } catch (KeyError const& e) {
            log += e.what();
        }
        co_yield 2;
        co_yield yield_from(inner());
    };
    std::string log;
    auto g = outer(log);
    CHECK((g.next() == 1 && g.next() == 2 && g.next() == 1));
    CHECK(raised<KeyError>([&] { g.next(); }) == "'inner'");
    CHECK(log == "'inner'");
}

namespace {

generator<int> chain(int depth) {
    if (depth == 0) {
        co_yield 1;
        co_yield 2;
    } else {
        co_yield yield_from(chain(depth - 1));
    }
}

generator<int> tree(int depth) {
    if (depth == 0) co_return;
    co_yield yield_from(tree(depth - 1));
    co_yield depth;
    co_yield yield_from(tree(depth - 1));
}

}  // namespace

TEST_CASE("yield_from: a chain of 1,000,000 runs, and is dropped half-way", "[lang][generator][yield_from]") {
    CHECK(all(chain(1'000'000)) == std::vector{1, 2});
    auto g = chain(1'000'000);
    CHECK(g.next() == 1);
}

TEST_CASE("yield_from: a tree in order", "[lang][generator][yield_from]") {
    CHECK(all(tree(3)) == std::vector{1, 2, 1, 3, 1, 2, 1});
    long sum = 0;
    for (int x : tree(12)) sum += x;
    CHECK(sum == 8178);  // >>> sum(tree(12))
}

TEST_CASE("generator: frames come back to the thread that frees them", "[lang][generator][threads]") {
    for (int turn = 0; turn != 4; ++turn) {
        auto g = chain(50);
        g.next();
        std::thread([moved = std::move(g)]() mutable {
            CHECK(moved.next() == 2);
            auto mine = chain(20);
            mine.next();
        }).join();
    }
}

namespace {

generator<int> from_resource(std::allocator_arg_t, std::pmr::polymorphic_allocator<std::byte>, int n) {
    for (int i = 0; i < n; ++i) co_yield i;
}

}  // namespace

TEST_CASE("generator: std::allocator_arg chooses where the frame lives", "[lang][generator]") {
    struct counting : std::pmr::memory_resource {
        int alive = 0;
        int total = 0;
        void* do_allocate(std::size_t bytes, std::size_t align) override {
            ++alive, ++total;
            return std::pmr::new_delete_resource()->allocate(bytes, align);
        }
        void do_deallocate(void* p, std::size_t bytes, std::size_t align) override {
            --alive;
            std::pmr::new_delete_resource()->deallocate(p, bytes, align);
        }
        bool do_is_equal(memory_resource const& other) const noexcept override { return this == &other; }
    } resource;
    {
        auto g = from_resource(std::allocator_arg, &resource, 3);
        CHECK(resource.alive == 1);
        CHECK(all(g) == std::vector{0, 1, 2});
    }
    CHECK((resource.alive == 0 && resource.total == 1));
}

namespace {

using taking = generator<int, none_t, int>;

/// What co_yield raises is noted, and then the body goes on.
taking noting(std::string& log, bool yields) {
    bool left = false;
    try {
        co_yield 1;
    } catch (GeneratorExit const&) {
        left = true;
    }
    if (left) log += "exit ";
    if (yields) co_yield 2;
    co_return 5;
}
taking middle(std::string& log, bool yields) {
    bool refused = false;
    try {
        int const value = co_yield yield_from(noting(log, yields));
        log += "returned " + std::to_string(value);
    } catch (RuntimeError const& e) {
        log += e.what();
        refused = true;
    } catch (GeneratorExit const&) {
        log += "middle ";
        throw;
    }
    if (refused) co_return 3;
    co_return 4;
}
taking outermost(std::string& log, bool yields) {
    try {
        co_yield yield_from(middle(log, yields));
        log += "went on";
    } catch (GeneratorExit const&) {
        log += ", outer";
        throw;
    }
    co_return 0;
}
taking over_range(std::string& log) {
    bool stopped = false;
    try {
        std::vector<int> source{1, 2};
        co_yield yield_from(std::move(source));
    } catch (StopIteration const& e) {
        log += e.what();
        stopped = true;
    }
    if (stopped) co_yield 42;
    co_return 0;
}

}  // namespace

TEST_CASE("generator: GeneratorExit goes on outwards, whatever a delegate makes of it", "[lang][generator]") {
    std::string log;
    auto g = outermost(log, false);
    CHECK(g.next() == 1);
    g.close();  // the innermost returns: the others are closed nevertheless
    CHECK(log == "exit middle , outer");
    CHECK(g.next(-1) == -1);

    log.clear();
    auto thrown = outermost(log, false);
    CHECK(thrown.next() == 1);
    CHECK_THROWS_AS(thrown.throw_(GeneratorExit()), GeneratorExit);
    CHECK(log == "exit middle , outer");
}

TEST_CASE("generator: what a delegate yields instead of ending is an error of the one that delegates", "[lang][generator]") {
    std::string log;
    auto g = outermost(log, true);
    CHECK(g.next() == 1);
    g.close();
    CHECK(log == "exit generator ignored GeneratorExit, outer");
    CHECK(g.next(-1) == -1);
}

TEST_CASE("generator: StopIteration thrown into one that delegates to a range arrives as it is", "[lang][generator]") {
    std::string log;
    auto g = over_range(log);
    CHECK(g.next() == 1);
    CHECK(g.throw_(StopIteration(3)) == 42);
    CHECK(log == "3");
    CHECK(g.next(-1) == -1);
}

namespace {

struct hostile {
    int value = 0;
    std::string rest{};
    explicit hostile(int v = 0) : value(v) {}
    hostile* operator&() = delete;
    hostile const* operator&() const = delete;
};
generator<hostile, hostile, hostile> hostiles() {
    hostile const first(1);
    hostile const sent = co_yield first;
    hostile made(sent.value + 1);
    co_yield std::move(made);
    co_return first;
}

}  // namespace

TEST_CASE("generator: an element's own operator& is not used", "[lang][generator]") {
    auto g = hostiles();
    CHECK(g.next().value == 1);
    CHECK(g.send(hostile(3)).value == 4);
    CHECK_THROWS_AS(g.next(), StopIteration);
    CHECK(g.result().value == 1);
}

TEST_CASE("generator: the body of a loop can take the last value", "[lang][generator]") {
    // >>> g = iter(range(5)); [(x, next(g, -1)) for x in g]
    auto g = count(5);
    std::vector<int> got;
    for (int x : g) {
        got.push_back(x);
        got.push_back(g.next(-1));
    }
    CHECK(got == std::vector{0, 1, 2, 3, 4, -1});
}

TEST_CASE("gen: arguments live as long as the generator", "[lang][generator]") {
    auto each = [](std::vector<std::string> const& v) -> generator<std::string> {
        for (auto const& x : v) co_yield x;
    };
    auto g = gen(each, std::vector<std::string>{"a long string that is on the heap", "b"});
    CHECK(all(g) == std::vector<std::string>{"a long string that is on the heap", "b"});
}

TEST_CASE("keep: captures live as long as the generator", "[lang][generator]") {
    auto make = [](std::string prefix) {
        return keep([prefix](int n) -> generator<std::string, void, int> {
            for (int i = 0; i < n; ++i) co_yield prefix + std::to_string(i);
            co_return n;
        });
    };
    auto g = make("a prefix that is on the heap ")(2);
    CHECK(g.next() == "a prefix that is on the heap 0");
    CHECK(g.next() == "a prefix that is on the heap 1");
    CHECK(raised<StopIteration>([&] { g.next(); }) == "2");
    CHECK(g.result() == 2);
}

#if !defined(__clang__) || __clang_major__ >= 16
TEST_CASE("generator: works with ranges and algorithms", "[lang][generator]") {
    auto squares = count(10) | std::views::transform([](int x) { return x * x; }) | std::views::filter([](int x) { return x % 2 == 0; }) |
                   std::views::take(3);
    std::vector<int> got;
    for (int x : squares) got.push_back(x);
    CHECK(got == std::vector{0, 4, 16});
    auto g = count(5);
    CHECK(std::ranges::count_if(g, [](int x) { return x > 2; }) == 2);
}
#endif

TEST_CASE("generator: closed within a loop over it, the loop ends", "[generator][close]") {
    std::string log;
    auto const numbers = [](std::string& out) -> generator<int> {
        struct note {
            std::string& out;
            ~note() { out += "closed "; }
        } const at_end{out};
        for (int i = 0;; ++i) co_yield i;
    };
    {
        auto g = numbers(log);
        for (int x : g) {
            log += std::to_string(x) + " ";
            if (x == 2) {
                g.close();
                auto other = numbers(log);  // does not get the memory that the loop stands in
                other.next();
            }
        }
        log += "after ";
        CHECK(g.next(-1) == -1);
        g.close();
        auto moved = std::move(g);
        CHECK(moved.next(-1) == -1);
    }
    CHECK(log == "0 1 2 closed closed after ");
    int rounds = 0;
    auto h = numbers(log);
    for (int x : h) {
        rounds += x + 1;
        h.close();
    }
    h = numbers(log);  // and it can be assigned another
    for (int x : h) {
        rounds += x + 1;
        if (x == 1) h.close();
    }
    CHECK(rounds == 4);
}

TEST_CASE("generator: closing one closes another from a destructor", "[generator][close]") {
    auto const numbers = []() -> generator<int> {
        for (int i = 0;; ++i) co_yield i;
    };
    auto inner = numbers();
    inner.next();
    auto const outer = [](generator<int>& other) -> generator<int> {
        struct closing {
            generator<int>& g;
            ~closing() { g.close(); }
        } const at_end{other};
        for (int x : other) co_yield x;
    };
    auto g = outer(inner);
    int rounds = 0;
    for (int x : g) {
        rounds += x;
        g.close();
    }
    CHECK(rounds == 1);
    CHECK(inner.next(-1) == -1);
}
