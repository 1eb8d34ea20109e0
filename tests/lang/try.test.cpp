// SPDX-License-Identifier: MIT
// try_ and except_star. What except_star leaves is CPython 3.11's, case by case.
#include <amphis/lang/try.hpp>

#include <amphis/lang/exceptions.hpp>

#include "support/catch.hpp"
#include "support/probes.hpp"
#include "support/throws.hpp"

#include <stdexcept>
#include <string>
#include <type_traits>

using amphis::BaseExceptionGroup, amphis::else_, amphis::exc_info, amphis::except, amphis::except_star, amphis::ExceptionGroup, amphis::expected,
    amphis::finally_, amphis::IndexError, amphis::KeyboardInterrupt, amphis::KeyError, amphis::LookupError, amphis::on, amphis::OSError, amphis::RuntimeError,
    amphis::try_, amphis::TypeError, amphis::ValueError;

namespace {

template <class T>
std::string repr_of(T const& value) {
    amphis::detail::text out;
    repr_to(out, value);
    return {out.data(), out.size()};
}
/// repr(e) of what f raises.
template <class F>
std::string raised(F&& f) {
    try {
        f();
    } catch (amphis::BaseException const& e) {
        return repr_of(e);
    } catch (std::exception const& e) {
        return e.what();
    } catch (int n) {
        return std::to_string(n);
    }
    return "nothing";
}
int number(int kind) {
    switch (kind) {
        case 1: throw ValueError("v");
        case 2: throw KeyError("k");
        case 3: throw IndexError("i");
        case 4: throw std::runtime_error("r");
        case 5: throw 5;
        case 6: throw KeyboardInterrupt();
        default: return 10 * kind;
    }
}

}  // namespace

TEST_CASE("try_: the value of the body, or of the first handler that fits", "[lang][try]") {
    auto const run = [](int kind) {
        return try_([=] { return number(kind); },                                              //
                    except<ValueError>([](ValueError const& e) { return -int(e.args().size()); }),  //
                    except<KeyError, IndexError>([](auto const& e) { return std::is_same_v<decltype(e), KeyError const&> ? -2 : -3; }),
                    except<std::exception>([](exc_info const& e) { return e.is<amphis::BaseException>() ? -6 : -4; }));
    };
    CHECK(run(0) == 0);
    CHECK(run(1) == -1);
    CHECK(run(2) == -2);
    CHECK(run(3) == -3);
    CHECK(run(4) == -4);
    CHECK(run(6) == -6);
    CHECK(run(7) == 70);
    CHECK(raised([&] { run(5); }) == "5");
    // The order decides, not how well a class fits.
    CHECK(try_([] { return number(2); }, except<LookupError>([] { return 1; }), except<KeyError>([] { return 2; })) == 1);
    CHECK(try_([] { return number(5); }, except<KeyError>([] { return 1; }), except<>([] { return 2; })) == 2);
    CHECK(try_([] { return number(2); }, except<KeyError>([] { return 1; }), except<>([] { return 2; })) == 1);
    CHECK(try_([] { return number(5); }, except<int>([](int n) { return n; })) == 5);
}

TEST_CASE("try_: the type is common to all values; without one, an expected or void", "[lang][try]") {
    auto const wide = try_([] { return number(1); }, except<ValueError>([] { return 2.5; }));
    static_assert(std::is_same_v<decltype(wide), double const>);
    CHECK(wide == 2.5);
    std::string const text = try_([]() -> std::string { throw KeyError("k"); }, except<KeyError>([] { return "none"; }));
    CHECK(text == "none");
    auto const handled = try_([] { return number(1); }, except<ValueError>([] {}));
    static_assert(std::is_same_v<decltype(handled), expected<int> const>);
    CHECK(repr_of(handled) == "expected(ValueError('v'))");
    CHECK(try_([] { return number(0); }, except<ValueError>([] {})) == 0);
    static_assert(std::is_void_v<decltype(try_([] {}, except<ValueError>([] { return 1; })))>);
    int const given = try_([] { return number(1); }, except<ValueError>([](ValueError const&) -> int { return 7; }));
    CHECK(given == 7);
    probes::move_only const moved = try_([] { return probes::move_only(3); }, except<ValueError>([] { return probes::move_only(4); }));
    CHECK(moved.value == 3);
}

TEST_CASE("try_: else_ runs after a body without an error, and is not guarded", "[lang][try]") {
    std::string log;
    auto const run = [&](int kind, auto other) { return try_([=] { return number(kind); }, except<ValueError>([&] { return log += "except ", -1; }), else_(other)); };
    CHECK(run(7, [&] { log += "else "; }) == 70);
    CHECK(run(1, [&] { log += "no "; }) == -1);
    CHECK(run(7, [](int n) { return n + 1; }) == 71);
    CHECK(run(7, [&](int n) { log += std::to_string(n); }) == 70);
    CHECK(run(7, [] { return 0.5; }) == 0.5);
    CHECK(log == "else except 70");
    CHECK(raised([&] { run(7, [] { throw ValueError("of else"); }); }) == "ValueError('of else')");
    try_([] {}, except<ValueError>([] {}), else_([&] { log = "void"; }));
    CHECK(log == "void");
    auto const kept = try_([] { return number(1); }, except<ValueError>([] {}), else_([](int n) { return n; }));
    CHECK(repr_of(kept) == "expected(ValueError('v'))");
}

TEST_CASE("try_: finally_ runs in every case", "[lang][try]") {
    std::string log;
    auto const loud = finally_([&] { log += 'f'; });
    auto const quiet = finally_([&]() noexcept { log += 'q'; });
    for (int kind : {0, 1, 2, 5}) {
        raised([&] { try_([=] { return number(kind); }, except<ValueError>([] { return 0; }), loud); });
        raised([&] { try_([=] { return number(kind); }, except<ValueError>([]() -> int { throw RuntimeError("again"); }), quiet); });
        raised([&] { try_([=] { static_cast<void>(number(kind)); }, loud); });
        raised([&] { try_([=] { return number(kind); }, except<ValueError>([] { return 0; }), else_([] { throw 1; }), quiet); });
    }
    CHECK(log == "fqfqfqfqfqfqfqfq");
    CHECK(try_([] { return 7; }, finally_([] { return 8; })) == 7);
    // Its own exception replaces the one on its way, which becomes its context.
    try {
        try_([] { return number(1); }, finally_([] { throw KeyError("late"); }));
        FAIL();
    } catch (KeyError const& e) {
        CHECK(repr_of(e.context()) == "ValueError('v')");
    }
}

TEST_CASE("try_: handlers raise again, raise anew, and know the context", "[lang][try]") {
    CHECK(raised([] { try_([] { number(1); }, except<ValueError>([] { throw; })); }) == "ValueError('v')");
    // An exception of a handler is not for the handlers after it.
    CHECK(raised([] { try_([] { number(1); }, except<ValueError>([] { throw KeyError("new"); }), except<KeyError>([] {})); }) == "KeyError('new')");
    try {
        try_([] { number(1); }, except<ValueError>([](ValueError const& e) { amphis::raise_from(RuntimeError("r"), e); }));
        FAIL();
    } catch (RuntimeError const& e) {
        CHECK(repr_of(e.cause()) == "ValueError('v')");
        CHECK(e.cause() == e.context());
    }
}

TEST_CASE("try_: one throw, whatever handles it", "[lang][try]") {
    auto const before = throw_count();
    try_([] { number(3); }, except<ValueError>([] {}), except<KeyError>([] {}), except<IndexError>([](exc_info const& e) { CHECK(e.is<IndexError>()); }));
    auto const value = try_([] { return number(1); });
    CHECK_FALSE(value);
    if (counts_throws) CHECK(throw_count() == before + 2);
}

TEST_CASE("try_: alone, the exception as a value", "[lang][try][expected]") {
    static_assert(std::is_same_v<decltype(try_([] { return 1; })), expected<int>>);
    static_assert(std::is_same_v<decltype(try_([] {})), expected<void>>);
    static_assert(std::is_same_v<decltype(try_([]() -> expected<int> { return 1; })), expected<int>>);
    CHECK(try_([] { return number(0); }) == 0);
    CHECK(repr_of(try_([] { return number(1); })) == "expected(ValueError('v'))");
    CHECK(try_([] { number(4); }).error().is<std::exception>());
    CHECK(try_([]() -> expected<int> { throw ValueError("v"); }).error().is<ValueError>());
    CHECK(raised([] { static_cast<void>(try_([] { return number(6); })); }) == "KeyboardInterrupt()");
    CHECK(raised([] { static_cast<void>(try_([] { return number(5); })); }) == "5");
}

// ---- except_star --------------------------------------------------------------------------------------------------------

namespace {

/// What is left of `exc` after handlers for ValueError and TypeError that do as `mode` says.
std::string star(exc_info const& exc, std::string const& mode) {
    std::string log;
    std::string const left = raised([&] {
        except_star([&] { exc.raise(); },
                    on<ValueError>([&](ExceptionGroup const& eg) {
                        log += repr_of(eg) + " | ";
                        if (mode == "bare") throw;
                        if (mode == "named") throw ExceptionGroup(eg);
                        if (mode == "new") throw KeyError("n");
                    }),
                    on<TypeError>([&](exc_info const& eg) {
                        log += repr_of(eg) + " | ";
                        if (mode == "bare") throw;
                        if (mode == "new") throw KeyError("n2");
                    }));
    });
    return log + left;
}
using G = ExceptionGroup;

}  // namespace

TEST_CASE("except_star: each handler gets its part; what none names is raised", "[lang][try][except_star]") {
    CHECK(star(ValueError(1), "pass") == "ExceptionGroup('', (ValueError(1),)) | nothing");
    CHECK(star(OSError(1), "pass") == "OSError(1)");
    CHECK(star(G("m", {ValueError(1), OSError(2)}), "pass") == "ExceptionGroup('m', [ValueError(1)]) | ExceptionGroup('m', [OSError(2)])");
    CHECK(star(G("m", {ValueError(1), TypeError(2), G("n", {ValueError(3), OSError(4)})}), "pass") ==
          "ExceptionGroup('m', [ValueError(1), ExceptionGroup('n', [ValueError(3)])]) | ExceptionGroup('m', [TypeError(2)]) | "
          "ExceptionGroup('m', [ExceptionGroup('n', [OSError(4)])])");
    CHECK(star(G("m", {ValueError(1), TypeError(2)}), "pass") == "ExceptionGroup('m', [ValueError(1)]) | ExceptionGroup('m', [TypeError(2)]) | nothing");
    CHECK(star(BaseExceptionGroup("m", {ValueError(1), KeyboardInterrupt(2)}), "pass") ==
          "ExceptionGroup('m', [ValueError(1)]) | BaseExceptionGroup('m', [KeyboardInterrupt(2)])");
    std::string log;
    except_star([] {}, on<ValueError>([&] { log += "no"; }), else_([&] { log += "else "; }), finally_([&] { log += "finally"; }));
    CHECK(log == "else finally");
    except_star([] { throw ValueError(1); }, on<ValueError>([&] { log = "on "; }), else_([&] { log += "no"; }), finally_([&] { log += "finally"; }));
    CHECK(log == "on finally");
    CHECK(raised([&] { except_star([] { throw 5; }, on<std::exception>([] {}), finally_([&] { log = "5"; })); }) == "5");
    CHECK(log == "5");
}

TEST_CASE("except_star: what handlers raise is combined with what is left", "[lang][try][except_star]") {
    auto const left = [](exc_info const& e, std::string const& mode) {
        std::string const all = star(e, mode);
        return all.substr(all.rfind("| ") == std::string::npos ? 0 : all.rfind("| ") + 2);
    };
    // `raise` alone raises the part again, and the parts fall into place.
    CHECK(left(ValueError(1), "bare") == "ExceptionGroup('', (ValueError(1),))");
    CHECK(left(G("m", {ValueError(1), OSError(2)}), "bare") == "ExceptionGroup('m', [ValueError(1), OSError(2)])");
    CHECK(left(G("m", {ValueError(1), TypeError(2), G("n", {ValueError(3), OSError(4)})}), "bare") ==
          "ExceptionGroup('m', [ValueError(1), TypeError(2), ExceptionGroup('n', [ValueError(3), OSError(4)])])");
    // `raise eg` raises it as a new one.
    CHECK(left(G("m", {ValueError(1), OSError(2)}), "named") ==
          "ExceptionGroup('', [ExceptionGroup('m', [ValueError(1)]), ExceptionGroup('m', [OSError(2)])])");
    CHECK(left(G("m", {ValueError(1), TypeError(2)}), "named") == "ExceptionGroup('m', [ValueError(1)])");
    CHECK(left(ValueError(1), "new") == "KeyError('n')");
    CHECK(left(G("m", {ValueError(1), TypeError(2), G("n", {ValueError(3), OSError(4)})}), "new") ==
          "ExceptionGroup('', [KeyError('n'), KeyError('n2'), ExceptionGroup('m', [ExceptionGroup('n', [OSError(4)])])])");
    CHECK(left(BaseExceptionGroup("m", {ValueError(1), KeyboardInterrupt(2)}), "new") ==
          "BaseExceptionGroup('', [KeyError('n'), BaseExceptionGroup('m', [KeyboardInterrupt(2)])])");
}

TEST_CASE("except_star: the part is what is being handled", "[lang][try][except_star]") {
    try {
        except_star([] { throw ValueError(1); }, on<ValueError>([] { throw KeyError("n"); }));
        FAIL();
    } catch (KeyError const& e) {
        CHECK(repr_of(e.context()) == "ExceptionGroup('', (ValueError(1),))");
    }
    try {
        except_star([] { throw G("m", {ValueError(1), TypeError(2)}); }, on<ValueError>([](G const& eg) { amphis::raise_from(KeyError("n"), eg); }));
        FAIL();
    } catch (G const& e) {
        CHECK_FALSE(e.context());
        CHECK(repr_of(e.exceptions()[0].value()->cause()) == "ExceptionGroup('m', [ValueError(1)])");
    }
    // A class of C++'s, and several in one handler.
    std::string seen;
    except_star([] { throw G("m", {std::runtime_error("std"), KeyError("k"), ValueError("v")}); },
                on<std::runtime_error, KeyError>([&](exc_info const& eg) { seen += repr_of(eg); }), on<ValueError>([&] { seen += " v"; }));
    CHECK(seen == "ExceptionGroup('m', [std::exception('std'), KeyError('k')]) v");
}

TEST_CASE("except_star: a thousand exceptions, every other one handled", "[lang][try][except_star]") {
    std::vector<exc_info> many;
    for (int i = 0; i != 1000; ++i) many.push_back(i % 2 == 0 ? exc_info(ValueError(i)) : exc_info(OSError(i)));
    try {
        except_star([&] { throw G("many", many); }, on<ValueError>([] { throw; }));
        FAIL();
    } catch (G const& eg) {
        REQUIRE(eg.exceptions().size() == 1000);
        for (std::size_t i = 0; i != 1000; ++i) CHECK(eg.exceptions()[i] == many[i]);
    }
}

TEST_CASE("except_star: groups nested deeper than the stack", "[lang][try][except_star]") {
    exc_info deep = ValueError("leaf");
    for (int i = 0; i != 100'000; ++i) deep = G("g", deep);
    CHECK_THROWS_AS(except_star([&] { deep.raise(); }, on<amphis::Exception>([] { throw; })), amphis::RecursionError);
    except_star([&] { deep.raise(); }, on<amphis::Exception>([] {}));
}

// >>> try: raise KeyError('k')
// ... except KeyError:
// ...     try: raise ValueError('v')
// ...     except* ValueError as eg: print(repr(eg.__context__))
TEST_CASE("except_star: within a handler, the group around one exception has no context", "[lang][try][except_star]") {
    try {
        throw KeyError("k");
    } catch (KeyError const&) {
        except_star([] { throw ValueError("v"); }, on<ValueError>([](exc_info const& eg) {
                        CHECK_FALSE(eg.value()->context());
                        CHECK(repr_of(eg.exceptions()[0].value()->context()) == "KeyError('k')");
                    }));
        try {
            except_star([] { throw G("g", ValueError("v")); }, on<ValueError>([] { throw OSError("o"); }));
        } catch (OSError const& e) {  // alone it is raised as it is
            CHECK(repr_of(e.context()) == "ExceptionGroup('g', [ValueError('v')])");
        }
        try {
            except_star([] { throw G("g", {ValueError("v"), TypeError("t")}); }, on<ValueError>([] { throw OSError("o"); }));
        } catch (G const& eg) {
            CHECK_FALSE(eg.context());
            CHECK(repr_of(eg) == "ExceptionGroup('', [OSError('o'), ExceptionGroup('g', [TypeError('t')])])");
        }
    }
}
