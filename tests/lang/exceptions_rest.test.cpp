// SPDX-License-Identifier: MIT
// Groups, and errors as values. The expected texts are CPython 3.11's.
#include <amphis/lang/exceptions.hpp>

#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/probes.hpp"
#include "support/throws.hpp"

#include <initializer_list>
#include <list>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

using probes::move_only, probes::tracked;
using amphis::BaseExceptionGroup, amphis::exc_info, amphis::exception_tuple, amphis::ExceptionGroup, amphis::expected, amphis::KeyError, amphis::None,
    amphis::OSError, amphis::TypeError, amphis::ValueError;

namespace {

template <class T>
std::string repr_of(T const& value) {
    amphis::detail::text out;
    repr_to(out, value);
    return {out.data(), out.size()};
}
/// "ValueError: message" of what f raises.
template <class F>
std::string raised(F&& f) {
    try {
        f();
    } catch (amphis::BaseException const& e) {
        return std::string(e.type_name()) + ": " + e.what();
    }
    return "nothing";
}

struct MyGroup : amphis::exception<"MyGroup", ExceptionGroup> {
    using exception::exception;
    exc_info derive(exception_tuple exceptions) const override { return MyGroup(message(), exceptions); }
};
/// Keeps what it was made with, as CPython's example in the manual does.
struct WithCode : amphis::exception<"WithCode", ExceptionGroup> {
    template <class E>
    WithCode(std::string const& message, E const& exceptions, int exit_code) : exception(message, exceptions), code(exit_code) {}
    exc_info derive(exception_tuple exceptions) const override { return WithCode(message(), exceptions, code); }
    int code;
};
struct BadGroup : amphis::exception<"BadGroup", ExceptionGroup> {
    using exception::exception;
    exc_info derive(exception_tuple) const override { return ValueError("42"); }
};

ExceptionGroup nested() {
    return ExceptionGroup("eg", {ValueError(1), TypeError("t"), ExceptionGroup("in", {ValueError(2), OSError("os"), ValueError(3)})});
}

}  // namespace

TEST_CASE("ExceptionGroup: message, exceptions, str, repr and args", "[lang][exceptions][group]") {
    ExceptionGroup const eg("msg", ValueError("a"), TypeError("b"));
    CHECK(eg.what() == std::string("msg (2 sub-exceptions)"));
    CHECK(repr_of(eg) == "ExceptionGroup('msg', [ValueError('a'), TypeError('b')])");
    CHECK(repr_of(eg.args()) == "('msg', [ValueError('a'), TypeError('b')])");
    CHECK(eg.args().size() == 2);
    CHECK(eg.message() == "msg");
    REQUIRE(eg.exceptions().size() == 2);
    CHECK(eg.exceptions()[0].is<ValueError>());
    CHECK(repr_of(eg.exceptions()) == "(ValueError('a'), TypeError('b'))");
    CHECK(repr_of(ExceptionGroup("one", ValueError()).exceptions()) == "(ValueError(),)");
    CHECK(ExceptionGroup("one", ValueError()).what() == std::string("one (1 sub-exception)"));
    CHECK(repr_of(nested()) == "ExceptionGroup('eg', [ValueError(1), TypeError('t'), ExceptionGroup('in', [ValueError(2), OSError('os'), ValueError(3)])])");
    CHECK(eg.where().line != 0);
    CHECK(std::string(eg.where().file).find("exceptions_rest") != std::string::npos);
}

TEST_CASE("ExceptionGroup: is made of a list, a range, an exc_info, or what is being handled", "[lang][exceptions][group]") {
    std::vector<exc_info> const many{ValueError(1), OSError(2)};
    CHECK(repr_of(ExceptionGroup("m", many)) == "ExceptionGroup('m', [ValueError(1), OSError(2)])");
    std::list<KeyError> const keys{KeyError("x"), KeyError("y")};
    CHECK(repr_of(ExceptionGroup("m", keys)) == "ExceptionGroup('m', [KeyError('x'), KeyError('y')])");
    std::vector<std::exception_ptr> const pointers{std::make_exception_ptr(ValueError(3))};
    CHECK(repr_of(ExceptionGroup(std::string("m"), pointers)) == "ExceptionGroup('m', [ValueError(3)])");
    CHECK(repr_of(ExceptionGroup("m", exc_info(ValueError(4)), std::runtime_error("std"))) ==
          "ExceptionGroup('m', [ValueError(4), std::exception('std')])");
    std::vector<exc_info> thousand(1000, exc_info(ValueError(1)));
    CHECK(ExceptionGroup("m", thousand).what() == std::string("m (1000 sub-exceptions)"));
    struct Derived : ValueError {
        using ValueError::ValueError;
        int extra = 7;
    };
    try {
        throw Derived("d");
    } catch (ValueError const& e) {
        ExceptionGroup const eg("m", e);  // as what it is, not as the type that the handler named
        CHECK(eg.exceptions()[0].get<Derived>() != nullptr);
        CHECK(eg.exceptions()[0] == exc_info::current());
    }
}

TEST_CASE("ExceptionGroup: what CPython refuses", "[lang][exceptions][group]") {
    std::vector<exc_info> const empty;
    CHECK(raised([&] { throw ExceptionGroup("m", empty); }) == "ValueError: second argument (exceptions) must be a non-empty sequence");
    CHECK(raised([&] { throw BaseExceptionGroup("m", empty); }) == "ValueError: second argument (exceptions) must be a non-empty sequence");
    std::vector<exc_info> const gap{ValueError(1), exc_info()};
    CHECK(raised([&] { throw ExceptionGroup("m", gap); }) == "ValueError: Item 1 of second argument (exceptions) is not an exception");
    std::vector<exc_info> const interrupt{amphis::KeyboardInterrupt()};
    CHECK(raised([&] { throw ExceptionGroup("m", interrupt); }) == "TypeError: Cannot nest BaseExceptions in an ExceptionGroup");
    CHECK(raised([&] { throw MyGroup("m", interrupt); }) == "TypeError: Cannot nest BaseExceptions in 'MyGroup'");
    CHECK(repr_of(BaseExceptionGroup("m", interrupt)) == "BaseExceptionGroup('m', [KeyboardInterrupt()])");
    CHECK(raised([&] { static_cast<void>(BadGroup("m", ValueError(1), TypeError(2)).split<ValueError>()); }) ==
          "TypeError: derive must return an instance of BaseExceptionGroup");
}

TEST_CASE("BaseExceptionGroup: of() makes an ExceptionGroup if it can; is<> knows both", "[lang][exceptions][group]") {
    exc_info const errors = BaseExceptionGroup::of("m", ValueError(1));
    exc_info const others = BaseExceptionGroup::of("m", ValueError(1), amphis::SystemExit(1));
    CHECK(errors.type_name() == std::string("ExceptionGroup"));
    CHECK(others.type_name() == std::string("BaseExceptionGroup"));
    CHECK(errors.is<ExceptionGroup>());
    CHECK(errors.is<BaseExceptionGroup>());
    CHECK(errors.is<amphis::Exception>());
    CHECK(others.is<BaseExceptionGroup>());
    CHECK_FALSE(others.is<ExceptionGroup>());
    CHECK_FALSE(others.is<amphis::Exception>());
    CHECK_FALSE(exc_info(ValueError(1)).is<BaseExceptionGroup>());
    CHECK(exc_info(ValueError(1)).exceptions().empty());
    CHECK(exc_info().exceptions().empty());
}

TEST_CASE("split: by class, by several, by predicate; groups within keep their shape", "[lang][exceptions][group]") {
    ExceptionGroup const eg = nested();
    auto const [values, rest] = eg.split<ValueError>();
    CHECK(repr_of(values) == "ExceptionGroup('eg', [ValueError(1), ExceptionGroup('in', [ValueError(2), ValueError(3)])])");
    CHECK(repr_of(rest) == "ExceptionGroup('eg', [TypeError('t'), ExceptionGroup('in', [OSError('os')])])");
    CHECK(repr_of(eg.subgroup<TypeError, OSError>()) == "ExceptionGroup('eg', [TypeError('t'), ExceptionGroup('in', [OSError('os')])])");
    auto const [none, all] = eg.split<KeyError>();
    CHECK_FALSE(none);
    CHECK(repr_of(all) == repr_of(eg));
    auto const is_two = [](exc_info const& e) { return e.is<ValueError>() && e.value()->args()[0] == "2"; };
    CHECK(repr_of(eg.subgroup(is_two)) == "ExceptionGroup('eg', [ExceptionGroup('in', [ValueError(2)])])");
    CHECK(repr_of(eg.split(is_two).rest) == "ExceptionGroup('eg', [ValueError(1), TypeError('t'), ExceptionGroup('in', [OSError('os'), ValueError(3)])])");
    CHECK(eg.split<ExceptionGroup>().match == exc_info(eg));  // >>> eg.split(ExceptionGroup)[0] is eg
    CHECK(eg.split<amphis::Exception>().match == exc_info(eg));
    CHECK_FALSE(eg.split<amphis::Exception>().rest);
    CHECK(values.exceptions()[0] == eg.exceptions()[0]);  // the exceptions themselves
}

TEST_CASE("split: notes, cause and context go along", "[lang][exceptions][group]") {
    try {
        try {
            throw KeyError("context");
        } catch (KeyError const&) {
            ExceptionGroup const eg("m", ValueError(1), TypeError(2));
            eg.add_note("first");
            eg.add_note("second");
            amphis::raise_from(eg, KeyError("cause"));
        }
    } catch (ExceptionGroup const& eg) {
        auto const [match, rest] = eg.split<ValueError>();
        for (exc_info const& part : {match, rest}) {
            REQUIRE(part.value() != nullptr);
            CHECK(repr_of(part.value()->cause()) == "KeyError('cause')");
            CHECK(repr_of(part.value()->context()) == "KeyError('context')");
            CHECK(part.value()->notes().size() == 2);
            CHECK(part.value()->where().line == eg.where().line);
        }
        match.value()->add_note("its own");
        CHECK(eg.notes().size() == 2);
        CHECK(rest.value()->notes().size() == 2);
    }
}

TEST_CASE("derive: a class of your own stays, with what it keeps", "[lang][exceptions][group]") {
    CHECK(repr_of(MyGroup("m", ValueError(1), TypeError(2)).split<ValueError>().match) == "MyGroup('m', [ValueError(1)])");
    CHECK(MyGroup("m", ValueError(1), TypeError(2)).split<ValueError>().rest.is<MyGroup>());
    std::vector<exc_info> const both{ValueError(1), TypeError(2)};
    WithCode const coded("m", both, 42);
    exc_info const part = coded.subgroup<TypeError>();
    WithCode const* const kept = part.get<WithCode>();
    REQUIRE(kept != nullptr);
    CHECK(kept->code == 42);
    // A group within a group, too. Its class alone changes nothing: derive does.
    ExceptionGroup const outer("outer", MyGroup("in", ValueError(1), TypeError(2)), KeyError("k"));
    CHECK(repr_of(outer.subgroup<TypeError>()) == "ExceptionGroup('outer', [MyGroup('in', [TypeError(2)])])");
}

TEST_CASE("groups: copies, slices, and what is caught", "[lang][exceptions][group]") {
    amphis::Exception const slice = MyGroup("m", ValueError(1), TypeError(2));
    CHECK(repr_of(slice) == "MyGroup('m', [ValueError(1), TypeError(2)])");
    CHECK(exc_info(slice).exceptions().size() == 2);
    try {
        throw nested();
    } catch (amphis::Exception const& e) {
        CHECK(exc_info::current(e).exceptions().size() == 3);
    }
    exc_info kept;
    {
        ExceptionGroup const eg("m", ValueError("long enough to be on the heap, surely"));
        kept = eg.exceptions()[0];
    }
    CHECK(repr_of(kept) == "ValueError('long enough to be on the heap, surely')");
    ExceptionGroup a("a", ValueError(1));
    ExceptionGroup const b("b", ValueError(2));
    a = b;
    CHECK(a.message() == "b");
}

TEST_CASE("groups: 100,000 within each other neither print nor die on the stack; split says when", "[lang][exceptions][group]") {
    exc_info deep = ValueError(1);
    for (int i = 0; i != 100'000; ++i) deep = ExceptionGroup("d", deep);
    CHECK(repr_of(deep).size() == 100'000 * 23 + 13);
    CHECK(raised([&] { static_cast<void>(deep.get<ExceptionGroup>()->split<TypeError>()); }) ==
          "RecursionError: maximum recursion depth exceeded in exceptiongroup_split_recursive");
}

TEST_CASE("groups: a cause that leads back into the group does not keep it alive", "[lang][exceptions][group]") {
    ValueError const member("m");
    ExceptionGroup const eg("g", member);
    CHECK(raised([&] { amphis::raise_from(member, eg); }) == "ValueError: m");  // asan sees the leak
    CHECK_FALSE(member.cause());
    CHECK(raised([&] { amphis::raise_from(eg, KeyError("k")); }) == "ExceptionGroup: g (1 sub-exception)");
    CHECK(repr_of(eg.cause()) == "KeyError('k')");
}

TEST_CASE("groups: args are printed on demand, from any thread", "[lang][exceptions][group]") {
    ExceptionGroup const eg = nested();
    std::vector<std::string> seen(8);
    {
        std::vector<std::thread> threads;
        for (std::string& one : seen) threads.emplace_back([&one, &eg] { one = std::string(eg.args()[1]); });
        for (std::thread& one : threads) one.join();
    }
    for (std::string const& one : seen) CHECK(one == "[ValueError(1), TypeError('t'), ExceptionGroup('in', [ValueError(2), OSError('os'), ValueError(3)])]");
}

TEST_CASE("groups: every allocation may fail", "[lang][exceptions][group]") {
    std::vector<exc_info> const both{ValueError(1), TypeError(2)};
    for (std::size_t nth = 1; nth != 20; ++nth) {
        fail_allocation(nth);
        try {
            ExceptionGroup const eg("m", both);
            auto const parts = eg.split<ValueError>();
            static_cast<void>(eg.args().size());
        } catch (std::bad_alloc const&) {
        } catch (TypeError const&) {  // a part that lost its exceptions is no group
        }
        fail_allocation(0);
    }
    SUCCEED("and nothing leaked");
}

// ---- expected ---------------------------------------------------------------------------------------------------------

namespace {

expected<int> half(int n) {
    if (n % 2 != 0) return ValueError("odd", n);
    return n / 2;
}
expected<void> check(int n) {
    if (n < 0) return ValueError("negative");
    return {};
}
[[gnu::noinline]] expected<int> carried(int levels) {
    if (levels == 0) return ValueError("carried");
    auto below = carried(levels - 1);
    if (!below) return std::move(below).error();
    return *below + 1;
}

}  // namespace

TEST_CASE("expected: a value or an error, asked by C++23's names", "[lang][exceptions][expected]") {
    static_assert(std::is_same_v<expected<int>::value_type, int> && std::is_same_v<expected<int>::error_type, exc_info>);
    static_assert(std::is_nothrow_move_constructible_v<expected<int>> && std::is_nothrow_move_assignable_v<expected<std::string>>);
    expected<int> const good = half(8);
    expected<int> const bad = half(7);
    CHECK(good.has_value());
    CHECK(bool(good));
    CHECK(*good == 4);
    CHECK(good.value() == 4);
    CHECK_FALSE(good.error());
    CHECK(good.value_or(1) == 4);
    CHECK_FALSE(bad.has_value());
    CHECK(bad.error().is<ValueError>());
    CHECK(repr_of(bad.error()) == "ValueError('odd', 7)");
    CHECK(bad.value_or(1) == 1);
    CHECK(raised([&] { static_cast<void>(bad.value()); }) == "ValueError: ('odd', 7)");
    CHECK(repr_of(good) == "expected(4)");
    CHECK(repr_of(bad) == "expected(ValueError('odd', 7))");
    CHECK(good == 4);
    CHECK(good == half(8));
    CHECK(bad == bad);
    CHECK(bad != good);
    CHECK(half(7) != half(7));  // two errors
}

TEST_CASE("expected: and_then, transform and or_else", "[lang][exceptions][expected]") {
    CHECK(half(8).and_then(half) == 2);
    CHECK_FALSE(half(6).and_then(half));
    CHECK(half(8).transform([](int n) { return n + 0.5; }) == 4.5);
    CHECK(half(8).transform([](int) {}).has_value());
    CHECK_FALSE(half(7).transform([](int) {}).has_value());
    CHECK(half(7).or_else([](exc_info const&) { return -1; }) == -1);
    CHECK(half(7).or_else([](exc_info const&) { return half(2); }) == 1);
    CHECK(half(7).or_else([](exc_info const&) { return KeyError("k"); }).error().is<KeyError>());
    std::string seen;
    expected<int> const same = half(7).or_else([&](exc_info const& e) { seen = e.type_name(); });
    CHECK(seen == "ValueError");
    CHECK(same.error().is<ValueError>());
    CHECK(half(8).and_then([](int n) { return check(n); }).has_value());
    CHECK(check(1).and_then([] { return half(4); }) == 2);
    CHECK(check(1).transform([] { return 5; }) == 5);
    CHECK_FALSE(check(-1).transform([] { return 5; }));
    CHECK(check(-1).or_else([](exc_info const&) { return expected<void>(); }).has_value());
}

TEST_CASE("expected: of nothing, of what only moves, of another type, of an exception being handled", "[lang][exceptions][expected]") {
    CHECK(check(1).has_value());
    CHECK_FALSE(check(-1));
    CHECK(repr_of(check(1)) == "expected()");
    CHECK(raised([] { check(-1).value(); }) == "ValueError: negative");

    expected<move_only> moved = move_only(3);
    expected<move_only> other = std::move(moved);
    CHECK(std::move(other).value().value == 3);

    expected<std::string> text = "abc";
    CHECK(text->size() == 3);
    expected<long> const wide = half(8);
    CHECK(*wide == 4);
    CHECK(expected<long>(half(7)).error().is<ValueError>());
    text = KeyError("gone");
    CHECK_FALSE(text);
    text = "back";
    CHECK(text == "back");
    auto const& itself = text;
    text = itself;
    CHECK(text == "back");

    try {
        throw ValueError("handled");
    } catch (std::exception const& e) {
        expected<int> const as_value = e;
        CHECK(as_value.error().is<ValueError>());
        CHECK(as_value.error() == exc_info::current());
    }
    CHECK(raised([] { expected<int> const nothing = exc_info(); }) == "ValueError: an expected without a value needs an exception");
}

TEST_CASE("expected: copies and destroys its value as often as it makes it", "[lang][exceptions][expected]") {
    tracked::reset();
    {
        expected<tracked> a = tracked(1);
        expected<tracked> b = a;
        b = ValueError("v");
        b = a;
        a = std::move(b);
        b = expected<tracked>(KeyError("k"));
        std::swap(a, b);
        CHECK_FALSE(a);
        CHECK(b->value == 1);
    }
    CHECK(tracked::live == 0);
}

TEST_CASE("expected: an error carried through 16 levels is not thrown", "[lang][exceptions][expected]") {
    auto const thrown = throw_count();
    expected<int> const result = carried(16);
    // A runtime that has no other way to make an exception_ptr throws in there, once: libstdc++ without RTTI, and an older libc++.
#if defined(__GLIBCXX__) && defined(__cpp_rtti)
    if (counts_throws) CHECK(throw_count() == thrown);
#endif
    CHECK(raised([&] { static_cast<void>(result.value()); }) == "ValueError: carried");
    if (counts_throws) CHECK(throw_count() <= thrown + 2);
    auto const before = allocation_count();
    CHECK(half(8).transform([](int n) { return n + 1; }).value_or(0) == 5);
    CHECK(allocation_count() == before);
}

TEST_CASE("exc_info: an exception that cannot be copied is the one that its copy raised", "[lang][exceptions][exc_info]") {
    struct fragile : std::exception {
        int* left;
        explicit fragile(int* copies) : left(copies) {}
        fragile(fragile const& other) : left(other.left) {
            if (--*left < 0) throw KeyError("no copy");
        }
        char const* what() const noexcept override { return "fragile"; }
    };
    // How many copies are made is the library's.
    bool seen = false;
    for (int copies = 0; copies != 5 && !seen; ++copies) {
        int left = copies;
        fragile const e(&left);
        try {
            exc_info const made(e);
            seen = made.get<fragile>() != nullptr;
            if (!seen) CHECK(repr_of(made) == "KeyError('no copy')");
            if (seen) CHECK(std::string(made.get<fragile>()->what()) == "fragile");
        } catch (KeyError const&) {
        }
    }
    CHECK(seen);
}

TEST_CASE("raise_from: two ways to each of many exceptions", "[lang][exceptions][raise_from]") {
    exc_info last = ValueError("first");
    for (int i = 0; i != 64; ++i) {
        try {
            try {
                last.raise();
            } catch (amphis::BaseException const& e) {
                amphis::BaseException const copy = e;  // another object than the context
                amphis::raise_from(amphis::RuntimeError(i), copy);
            }
        } catch (amphis::RuntimeError const& e) {
            last = exc_info::current(e);
        }
    }
    CHECK(repr_of(last) == "RuntimeError(63)");
    CHECK(repr_of(last.value()->cause()) == "RuntimeError(62)");
    CHECK(repr_of(last.value()->context()) == "RuntimeError(62)");
}

TEST_CASE("exc_info: an exception that is being handled is kept itself, whatever reference it is known by", "[exceptions]") {
    std::vector<amphis::exc_info> kept;
    try {
        amphis::raise_os_error(ENOENT, "x.txt");
    } catch (amphis::OSError const& e) {
        kept.push_back(e);
    }
    try {
        throw amphis::KeyError("k");
    } catch (std::exception const& e) {
        kept.emplace_back(e);
    }
    CHECK(kept[0].get<amphis::FileNotFoundError>() != nullptr);
    CHECK_THROWS_AS(kept[0].raise(), amphis::FileNotFoundError);
    CHECK(std::string(kept[1].type_name()) == "KeyError");
    CHECK_THROWS_AS(kept[1].raise(), amphis::KeyError);
}
