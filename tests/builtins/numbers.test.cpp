// SPDX-License-Identifier: MIT
// abs, divmod, floordiv, hash, len, max, min, mod, pow, round, truediv. The expected values are CPython 3.11.2's.
#include <amphis/builtins/bytes.hpp>
#include <amphis/builtins/numbers.hpp>
#include <amphis/builtins/repr.hpp>

#include <array>
#include <climits>
#include <cmath>
#include <complex>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "builtins/numbers_cases.hpp"
#include "support/catch.hpp"
#include "support/probes.hpp"

// Qualified throughout: <cmath> and <cstdlib> put their own abs, div and pow into the global namespace.
namespace am = amphis;
using namespace amphis::literals;
using namespace std::string_literals;

namespace {

/// The repr of what `f` raises; its result's repr when it raises nothing.
template <class F>
std::string outcome(F f) {
    try {
        return am::repr(f());
    } catch (am::Exception const& e) {
        return am::repr(e);
    }
}

/// The same double to the last bit, so that 0.0 is not -0.0.
bool same(double a, double b) { return am::repr(a) == am::repr(b); }

constexpr long long largest = LLONG_MAX;
constexpr long long smallest = LLONG_MIN;

TEST_CASE("divmod: rounds down, the remainder has the divisor's sign", "[builtins][divmod]") {
    CHECK(am::repr(am::divmod(7, 2)) == "(3, 1)");          // >>> divmod(7, 2)
    CHECK(am::repr(am::divmod(-7, 2)) == "(-4, 1)");        // >>> divmod(-7, 2)
    CHECK(am::repr(am::divmod(7, -2)) == "(-4, -1)");       // >>> divmod(7, -2)
    CHECK(am::repr(am::divmod(-7, -2)) == "(3, -1)");       // >>> divmod(-7, -2)
    CHECK(am::repr(am::divmod(7.5, 2)) == "(3.0, 1.5)");    // >>> divmod(7.5, 2)
    CHECK(am::repr(am::divmod(-7.5, 2)) == "(-4.0, 0.5)");  // >>> divmod(-7.5, 2)
    CHECK(am::repr(am::divmod(true, 2)) == "(0, 1)");       // >>> divmod(True, 2)
    static_assert(am::divmod(-7, 2) == std::pair(-4, 1));
    static_assert(am::floordiv(-7, 2) == -4 && am::mod(-7, 3) == 2);
}

TEST_CASE("divmod: agrees with CPython on random ints", "[builtins][divmod]") {
    for (auto const& c : numbers_cases::int_divmod_cases) {
        CAPTURE(c.a, c.b);
        CHECK(am::divmod(c.a, c.b) == std::pair(c.quotient, c.remainder));
        CHECK(am::floordiv(c.a, c.b) == c.quotient);
        CHECK(am::mod(c.a, c.b) == c.remainder);
        CHECK(same(am::truediv(c.a, c.b), c.ratio));
    }
}

TEST_CASE("divmod: agrees with CPython on random floats", "[builtins][divmod]") {
    for (auto const& c : numbers_cases::float_divmod_cases) {
        CAPTURE(c.a, c.b);
        auto const [quotient, remainder] = am::divmod(c.a, c.b);
        CHECK(same(quotient, c.quotient));
        CHECK(same(remainder, c.remainder));
        CHECK(same(am::floordiv(c.a, c.b), c.quotient));
        CHECK(same(am::mod(c.a, c.b), c.remainder));
    }
    CHECK(same(am::mod(2.0, HUGE_VAL), 2.0));         // >>> 2.0 % float("inf")
    CHECK(same(am::mod(-2.0, HUGE_VAL), HUGE_VAL));   // >>> -2.0 % float("inf")
    CHECK(same(am::floordiv(-1.0, HUGE_VAL), -1.0));  // >>> -1.0 // float("inf")
    CHECK(std::isnan(am::mod(HUGE_VAL, 2.0)));        // >>> float("inf") % 2.0
}

TEST_CASE("divmod: division by zero raises, as CPython words it", "[builtins][divmod]") {
    CHECK(outcome([] { return am::divmod(1, 0); }) == "ZeroDivisionError('integer division or modulo by zero')");
    CHECK(outcome([] { return am::floordiv(1, 0); }) == "ZeroDivisionError('integer division or modulo by zero')");
    CHECK(outcome([] { return am::mod(1, 0); }) == "ZeroDivisionError('integer modulo by zero')");
    CHECK(outcome([] { return am::truediv(1, 0); }) == "ZeroDivisionError('division by zero')");
    CHECK(outcome([] { return am::divmod(1.0, 0); }) == "ZeroDivisionError('float divmod()')");
    CHECK(outcome([] { return am::floordiv(1, 0.0); }) == "ZeroDivisionError('float floor division by zero')");
    CHECK(outcome([] { return am::mod(1.0, -0.0); }) == "ZeroDivisionError('float modulo')");
    CHECK(outcome([] { return am::truediv(1, 0.0); }) == "ZeroDivisionError('float division by zero')");
}

TEST_CASE("divmod: what does not fit raises OverflowError", "[builtins][divmod]") {
    CHECK(outcome([] { return am::floordiv(INT_MIN, -1); }) ==
          "OverflowError('Python int too large to convert to C int')");
    CHECK(outcome([] { return am::divmod(smallest, -1); }) ==
          "OverflowError('Python int too large to convert to C long long')");
    CHECK(am::mod(INT_MIN, -1) == 0);
    CHECK(am::mod(smallest, -1) == 0);
    CHECK(am::divmod(INT_MAX, INT_MIN) == std::pair(-1, -1));
    CHECK(am::divmod(INT_MIN, 3) == std::pair(-715827883, 1));  // >>> divmod(-2**31, 3)
}

TEST_CASE("divmod: signed and unsigned mix by value", "[builtins][divmod]") {
    static_assert(std::is_same_v<decltype(am::floordiv(-7, 2u)), long long>);
    static_assert(std::is_same_v<decltype(am::floordiv(short{7}, short{2})), int>);
    static_assert(std::is_same_v<decltype(am::floordiv(7u, 2u)), unsigned>);
    static_assert(std::is_same_v<decltype(am::mod(7, 2.0)), double>);
    static_assert(std::is_same_v<decltype(am::mod(7.0F, 2.0F)), float>);
    CHECK(am::divmod(-7, 2u) == std::pair(-4LL, 1LL));
    CHECK(am::floordiv(-7LL, 2ULL) == -4);
    CHECK(outcome([] { return am::floordiv(-7LL, ULLONG_MAX); }) ==
          "OverflowError('Python int too large to convert to C long long')");
}

TEST_CASE("truediv: is a float, the nearest one", "[builtins][truediv]") {
    CHECK(same(am::truediv(7, 2), 3.5));
    CHECK(same(am::truediv(1, 3), 1.0 / 3));
    CHECK(same(am::truediv(0, -5), -0.0));  // >>> 0 / -5
    CHECK(same(am::truediv(ULLONG_MAX, ULLONG_MAX - 1), 1.0));
    static_assert(am::truediv(7, 2) == 3.5);
}

TEST_CASE("round: halves go to the even neighbour", "[builtins][round]") {
    static_assert(am::round(0.5) == 0 && am::round(1.5) == 2 && am::round(2.5) == 2 && am::round(-1.5) == -2);
    static_assert(std::is_same_v<decltype(am::round(2.5)), long long>);
    CHECK(am::repr(am::round(-0.5)) == "0");  // >>> round(-0.5)
    CHECK(am::round(0.49999999999999994) == 0);
    CHECK(am::round(4503599627370495.5) == 4503599627370496);
    CHECK(am::round(-9.2233720368547748e18) == -9223372036854774784);
    CHECK(am::round(2.5F) == 2);
}

TEST_CASE("round: to digits agrees with CPython", "[builtins][round]") {
    for (auto const& c : numbers_cases::round_cases) {
        CAPTURE(c.value, c.digits);
        CHECK(same(am::round(c.value, c.digits), c.expected));
    }
    CHECK(am::repr(am::round(2.675, 2)) == "2.67");  // >>> round(2.675, 2)
    CHECK(am::repr(am::round(0.1F, 1)) == "0.1");
    CHECK(am::repr(am::round(2.5, amphis::none_t())) == "2");  // >>> round(2.5, None)
}

TEST_CASE("round: an int stays an int", "[builtins][round]") {
    CHECK(am::repr(am::round(1234)) == "1234");
    CHECK(am::repr(am::round(1234, 2)) == "1234");
    CHECK(am::repr(am::round(true)) == "1");  // >>> round(True)
    CHECK(am::round(1234, -2) == 1200);       // >>> round(1234, -2)
    CHECK(am::round(1250, -2) == 1200);       // >>> round(1250, -2)
    CHECK(am::round(1350, -2) == 1400);       // >>> round(1350, -2)
    CHECK(am::round(-15, -1) == -20);         // >>> round(-15, -1)
    CHECK(am::round(-25, -1) == -20);         // >>> round(-25, -1)
    CHECK(am::round(5, -1) == 0);             // >>> round(5, -1)
    CHECK(am::round(largest, -30) == 0);      // >>> round(2**63 - 1, -30)
    CHECK(am::round(ULLONG_MAX, -20) == 0);   // >>> round(2**64 - 1, -20)
    CHECK(outcome([] { return am::round(largest, -19); }) ==
          "OverflowError('Python int too large to convert to C long long')");
    CHECK(outcome([] { return am::round(INT_MAX, -1); }) ==
          "OverflowError('Python int too large to convert to C int')");
    static_assert(am::round(1250, -2) == 1200);
}

TEST_CASE("round: what no int can be raises", "[builtins][round]") {
    double const nan = std::nan("");
    CHECK(outcome([&] { return am::round(nan); }) == "ValueError('cannot convert float NaN to integer')");
    CHECK(outcome([] { return am::round(HUGE_VAL); }) == "OverflowError('cannot convert float infinity to integer')");
    CHECK(outcome([] { return am::round(1e19); }) == "OverflowError('Python int too large to convert to C long long')");
    CHECK(outcome([&] { return am::round(nan, 2); }) == "nan");
    CHECK(outcome([] { return am::round(-HUGE_VAL, 2); }) == "-inf");
    CHECK(outcome([] { return am::round(1.7976931348623157e308, -308); }) ==
          "OverflowError('rounded value too large to represent')");
}

TEST_CASE("pow: of ints is exact", "[builtins][pow]") {
    static_assert(am::pow(2, 62) == 4611686018427387904);
    static_assert(am::pow(7, 0) == 1 && am::pow(0, 0) == 1 && am::pow(-2, 63) == smallest);
    CHECK(am::pow(-3, 39) == -4052555153018976267);  // >>> pow(-3, 39)
    CHECK(am::pow(1, largest) == 1);
    CHECK(am::pow(-1, largest) == -1);
    CHECK(am::pow(0, largest) == 0);
    CHECK(am::pow(2u, 63) == 9223372036854775808U);
    CHECK(outcome([] { return am::pow(2, 63); }) == "OverflowError('Python int too large to convert to C long long')");
    CHECK(outcome([] { return am::pow(3, 1000); }) ==
          "OverflowError('Python int too large to convert to C long long')");
}

TEST_CASE("pow: of floats", "[builtins][pow]") {
    CHECK(same(am::pow(2.0, -1), 0.5));
    CHECK(same(am::pow(2, 0.5), std::sqrt(2.0)));
    CHECK(same(am::pow(-2.0, 3.0), -8.0));
    CHECK(same(am::pow(1.0, std::nan("")), 1.0));
    CHECK(same(am::pow(std::nan(""), 0), 1.0));
    CHECK(same(am::pow(2.0, -1080), 0.0));
    CHECK(same(am::pow(0.0, -HUGE_VAL), HUGE_VAL));  // >>> 0.0 ** float("-inf")
    CHECK(outcome([] { return am::pow(10.0, 400); }) == "OverflowError(34, 'Numerical result out of range')");
    CHECK(outcome([] { return am::pow(-0.0, -1.5); }) ==
          "ZeroDivisionError('0.0 cannot be raised to a negative power')");
}

TEST_CASE("pow: where Python changes the type, an error says so", "[builtins][pow]") {
    CHECK(outcome([] { return am::pow(0, -1); }) == "ZeroDivisionError('0.0 cannot be raised to a negative power')");
    CHECK(outcome([] { return am::pow(2, -1); }) ==
          "ValueError('pow() of an int with a negative exponent is a float: make the base a float')");
    CHECK(outcome([] { return am::pow(-8.0, 1.0 / 3); }) ==
          "ValueError('negative number cannot be raised to a fractional power')");
}

TEST_CASE("pow: modular", "[builtins][pow]") {
    for (auto const& c : numbers_cases::pow_mod_cases) {
        CAPTURE(c.base, c.exponent, c.modulus);
        CHECK(am::pow(c.base, c.exponent, c.modulus) == c.expected);
    }
    static_assert(am::pow(3, -1, 7) == 5 && am::pow(3, -2, 7) == 4 && am::pow(3, 2, -7) == -5);
    CHECK(am::pow(2, -1, 1) == 0);                     // >>> pow(2, -1, 1)
    CHECK(am::pow(1, 0, 1) == 0);                      // >>> pow(1, 0, 1)
    CHECK(am::pow(5, -3, -13) == -8);                  // >>> pow(5, -3, -13)
    CHECK(am::pow(largest, largest, smallest) == -1);  // >>> pow(2**63 - 1, 2**63 - 1, -2**63)
    CHECK(am::pow(ULLONG_MAX - 1, 2, ULLONG_MAX) == 1);
    CHECK(outcome([] { return am::pow(2, -1, 4); }) == "ValueError('base is not invertible for the given modulus')");
    CHECK(outcome([] { return am::pow(2, 3, 0); }) == "ValueError('pow() 3rd argument cannot be 0')");
}

TEST_CASE("abs: of each kind of number", "[builtins][abs]") {
    static_assert(am::abs(-7) == 7 && am::abs(7u) == 7u && am::abs(-1.5F) == 1.5F);
    CHECK(am::repr(am::abs(true)) == "1");  // >>> abs(True)
    CHECK(same(am::abs(-0.0), 0.0));
    CHECK(am::abs(-2.5L) == 2.5L);
    CHECK(same(am::abs(std::complex(3.0, 4.0)), 5.0));  // >>> abs(3+4j)
    CHECK(outcome([] { return am::abs(INT_MIN); }) == "OverflowError('Python int too large to convert to C int')");
    struct money {
        int cents;
        int abs() const { return cents < 0 ? -cents : cents; }
    };
    CHECK(am::abs(money{-3}) == 3);
}

TEST_CASE("len: elements of a container", "[builtins][len]") {
    int const numbers[] = {1, 2, 3};
    CHECK(am::len(numbers) == 3);
    CHECK(am::len(std::vector<int>{}) == 0);
    CHECK(am::len(std::map<int, int>{{1, 2}}) == 1);
    CHECK(am::len(std::list{1, 2}) == 2);
    CHECK(am::len("ab\0c"_b) == 4);
    static_assert(am::len(std::tuple{1, "a"}) == 2 && am::len(std::pair{1, 2}) == 2 && am::len(std::array{1}) == 1);
    static_assert(std::is_signed_v<decltype(am::len(numbers))>);
    CHECK(am::len(std::vector<int>{}) - 1 == -1);
    struct ring {
        int len() const { return 6; }
    };
    CHECK(am::len(ring{}) == 6);
}

TEST_CASE("len: characters of a string", "[builtins][len]") {
    CHECK(am::len("") == 0);
    CHECK(am::len("caf\303\251") == 4);        // >>> len("café")
    CHECK(am::len("\360\237\230\200"s) == 1);  // >>> len("😀")
    CHECK(am::len(u"\U0001F600") == 1);
    CHECK(am::len(U"\U0001F600!"s) == 2);
    CHECK(am::len(u8"caf\u00e9") == 4);
    CHECK(am::len("a\0b"s) == 3);
    CHECK(am::len('x') == 1);
    char const* const text = "abc";
    CHECK(am::len(text) == 3);
    CHECK(am::len("\303("s) == 2);  // >>> len(b"\xc3(".decode(errors="surrogateescape"))
    static_assert(am::len("caf\303\251") == 4);
}

TEST_CASE("hash: equal numbers hash equal, to CPython's values", "[builtins][hash]") {
    static_assert(am::hash(1) == 1 && am::hash(1.0) == 1 && am::hash(true) == 1 && am::hash(1u) == 1);
    static_assert(am::hash(-1) == -2 && am::hash(-1.0) == -2);  // >>> hash(-1)
    static_assert(am::hash(0.5) == 1152921504606846976);        // >>> hash(0.5)
    CHECK(am::hash(ULLONG_MAX) == 7);                           // >>> hash(2**64 - 1)
    CHECK(am::hash(2305843009213693951) == 0);                  // >>> hash(2**61 - 1)
    CHECK(am::hash(std::nan("")) == am::hash(std::nan("")));
    CHECK(am::hash(0.5F) == am::hash(0.5));
    for (auto const& c : numbers_cases::float_hash_cases) {
        CAPTURE(c.value);
        CHECK(am::hash(c.value) == c.expected);
    }
}

TEST_CASE("hash: tuples of numbers have CPython's hashes", "[builtins][hash]") {
    CHECK(am::hash(std::tuple{}) == 5740354900026072187);      // >>> hash(())
    CHECK(am::hash(std::tuple{1}) == -6644214454873602895);    // >>> hash((1,))
    CHECK(am::hash(std::pair{1, 2}) == -3550055125485641917);  // >>> hash((1, 2))
    CHECK(am::hash(std::tuple{1.0, true + 1}) == am::hash(std::array{1, 2}));
    CHECK(am::hash(std::tuple{std::pair{1, 2}, 3}) == -333907151259015829);  // >>> hash(((1, 2), 3))
}

TEST_CASE("hash: equal values of different types hash equal", "[builtins][hash]") {
    CHECK(am::hash("a") == am::hash("a"s));
    CHECK(am::hash("a") == am::hash('a'));
    CHECK(am::hash(std::optional{3}) == am::hash(3));
    CHECK(am::hash(std::optional<int>{}) == am::hash(nullptr));
    CHECK(am::hash(std::variant<int, std::string>{"a"}) == am::hash("a"));
    CHECK(am::hash(std::variant<std::monostate, int>{}) == am::hash(amphis::none_t()));
    CHECK(am::hash("a"_b) == am::hash("a"_b));
    std::string const s = "a";
    CHECK(am::hash(std::cref(s)) == am::hash(s));
    struct badge {
        int number;
        std::size_t hash() const { return static_cast<std::size_t>(number); }
    };
    CHECK(am::hash(badge{5}) == 5);
}

TEST_CASE("hash: what can change has none", "[builtins][hash]") {
    static_assert(!am::Hashable<std::vector<int>> && !am::Hashable<std::map<int, int>> && !am::Hashable<std::set<int>>);
    static_assert(!am::Hashable<std::tuple<int, std::vector<int>>> && !am::Hashable<std::optional<std::list<int>>>);
    static_assert(!am::Hashable<std::vector<bool>> && !am::Hashable<int[3]>);
    static_assert(am::Hashable<std::tuple<int, std::string>> && am::Hashable<std::array<int, 3>> &&
                  am::Hashable<std::string const&> && am::Hashable<am::bytes>);
    SUCCEED();
}

TEST_CASE("min and max: the first of equals wins", "[builtins][min]") {
    CHECK(am::min(3, 1, 2) == 1);
    CHECK(am::max(3, 1, 2) == 3);
    std::pair<int, char> const a{1, 'a'}, b{1, 'b'};
    auto const first = &std::pair<int, char>::first;
    CHECK(&am::max(a, b, "key"_k = first) == &a);
    CHECK(&am::min(b, a, "key"_k = first) == &b);
    CHECK(same(am::max(-0.0, 0.0), -0.0));         // >>> max(-0.0, 0.0)
    CHECK(same(am::min(1.0, std::nan("")), 1.0));  // >>> min(1.0, float("nan"))
    static_assert(am::min(2, 1) == 1);
}

TEST_CASE("min and max: the key is called once for each value", "[builtins][min]") {
    int calls = 0;
    auto const key = [&calls](auto const& x) {
        ++calls;
        return x;
    };
    CHECK((amphis::min(3, 1, 2, "key"_k = key) == 1 && calls == 3));
    CHECK((amphis::max(3, 1L, 5, 4, "key"_k = key) == 5 && calls == 7));
    std::string const a = "bb";
    std::string const b = "a";
    CHECK(&amphis::min(a, b, "key"_k = [](std::string const& s) -> std::string const& { return s; }) == &b);
}

TEST_CASE("min and max: ints compare by value", "[builtins][min]") {
    CHECK(am::repr(am::max(-1, 1u)) == "1");
    CHECK(am::repr(am::min(-1, 1u)) == "-1");
    CHECK(am::min(-1LL, ULLONG_MAX, 5) == -1);
    CHECK(am::max(-1LL, 5ULL) == 5);
    CHECK(am::min(ULLONG_MAX, 5) == 5);
    CHECK(am::min(ULLONG_MAX, ULLONG_MAX - 1, 5, -2) == -2);
    CHECK(outcome([] { return am::max(-1, ULLONG_MAX); }) ==
          "OverflowError('Python int too large to convert to C long long')");
    CHECK(am::repr(am::max(true, 0)) == "1");
    CHECK(same(am::max(1, 2.5), 2.5));  // >>> max(1, 2.5)
}

TEST_CASE("min and max: lvalues are not copied, rvalues are moved", "[builtins][min]") {
    probes::tracked a{1}, b{2};
    probes::tracked::reset();
    CHECK(&am::max(a, b) == &b);
    CHECK(am::min(probes::tracked{4}, probes::tracked{3}).value == 3);
    CHECK(probes::tracked::copies == 0);
}

TEST_CASE("min and max: text compares as text", "[builtins][min]") {
    CHECK(am::min("pear", "fig") == "fig");
    CHECK(am::max("pear"s, "fig") == "pear");
    CHECK(am::max("pear"s, "fig"s, "key"_k = &std::string::size) == "pear");
    CHECK(am::min("b"s, "a"s, "c"s) == "a");
    static_assert(std::is_same_v<decltype(am::min("a", "b")), std::string_view>);
    static_assert(std::is_same_v<decltype(am::min("a"s, "b")), std::string>);
    CHECK(am::max(-7, 3, "key"_k = am::abs) == -7);  // >>> max(-7, 3, key=abs)
}

}  // namespace

TEST_CASE("round and pow: take the keywords that CPython takes", "[builtins][round][pow]") {
    CHECK(same(am::round(2.675, "ndigits"_k = 2), 2.67));
    CHECK(am::round(1250, "ndigits"_k = -2) == 1200);
    CHECK(am::round(2.5, "ndigits"_k = am::None) == 2);
    static_assert(am::pow(2, "exp"_k = 3) == 8);
    static_assert(am::pow(3, 200, "mod"_k = 13) == 9);
    static_assert(am::pow(3, "mod"_k = 7, "exp"_k = -1) == 5);
    static_assert(am::pow("mod"_k = 5, "base"_k = 2, "exp"_k = 3) == 3);
    CHECK(am::pow("exp"_k = -1, "base"_k = 2.0) == 0.5);
    static_assert(am::pow(2, 3, am::None) == 8);
    static_assert(am::pow(2, 3, "mod"_k = am::None) == 8);
}
