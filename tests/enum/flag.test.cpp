// SPDX-License-Identifier: MIT
// enum: flags, their arithmetic and their boundaries. What is expected comes from CPython 3.11's enum.
#include <amphis/builtins.hpp>
#include <amphis/enum.hpp>
#include <amphis/lang/exceptions.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <string>
#include <type_traits>

namespace enum_ = amphis::enum_;
using amphis::repr;
using amphis::str;
using namespace amphis::literals;
using namespace amphis::enum_::operators;

namespace {
enum class Perm { X = 1, W = 2, R = 4 };                           // Flag, STRICT
enum class Conform : unsigned char { X = 1, W = 2, R = 4 };        // CONFORM
enum class Eject { X = 1, W = 2, R = 4 };                          // EJECT
enum class Keep : unsigned { X = 1, W = 2, R = 4 };                // KEEP
enum class Number { X = 1, W = 2, R = 4, RWX = 7 };                // IntFlag
enum class Named { NONE = 0, X = 1, W = 2, R = 4, RW = 6 };        // Flag, with combinations
enum class Gap { A = 1, B = 4 };                                   // Flag, bit 2 is not there
enum class Wide : std::uint64_t {
    LOW = 1,
    MIDDLE = std::uint64_t{1} << 20U,
    TOP = std::uint64_t{1} << 63U,
    ENDS = LOW | TOP,
    ALL = LOW | MIDDLE | TOP,
};
enum class Many : std::uint32_t {
    B0 = 1, B8 = 1U << 8U, B9 = 1U << 9U, B10 = 1U << 10U, B11 = 1U << 11U, B12 = 1U << 12U, B13 = 1U << 13U, B14 = 1U << 14U,
    B15 = 1U << 15U, B16 = 1U << 16U, B31 = 1U << 31U, PAIR = B8 | B16, LOWER = B0 | B8 | B9, UPPER = B31 | B16 | B15,
    ALL = 0x8001FF01U,
};
enum class Signed { LOW = 1, SIGN = -2147483647 - 1, ENDS = SIGN | LOW };  // a flag of the sign bit
enum class SignedWide : std::int64_t { LOW = 1, SIGN = INT64_MIN };
enum class Ordered { R = 4, W = 2, X = 1 };
enum class Loose { A = 1, AB = 3, ABCD = 15 };
enum class Nothing {};

std::string message_of(auto const& body) {
    try {
        body();
    } catch (amphis::Exception const& e) {
        return std::string(e.type_name()) + ": " + e.what();
    }
    return "nothing raised";
}
}  // namespace

template <> inline constexpr auto enum_::kind<Perm> = enum_::Flag;
template <> inline constexpr auto enum_::kind<Signed> = enum_::Flag;
template <> inline constexpr auto enum_::kind<SignedWide> = enum_::Flag;
template <> inline constexpr auto enum_::kind<Conform> = enum_::Flag;
template <> inline constexpr auto enum_::boundary<Conform> = enum_::CONFORM;
template <> inline constexpr auto enum_::kind<Eject> = enum_::Flag;
template <> inline constexpr auto enum_::boundary<Eject> = enum_::EJECT;
template <> inline constexpr auto enum_::kind<Keep> = enum_::Flag;
template <> inline constexpr auto enum_::boundary<Keep> = enum_::KEEP;
template <> inline constexpr auto enum_::kind<Number> = enum_::IntFlag;
template <> inline constexpr auto enum_::kind<Named> = enum_::Flag;
template <> inline constexpr auto enum_::kind<Gap> = enum_::Flag;
template <> inline constexpr auto enum_::boundary<Gap> = enum_::KEEP;
template <> inline constexpr auto enum_::kind<Wide> = enum_::Flag;
template <> inline constexpr auto enum_::kind<Many> = enum_::Flag;
template <> inline constexpr auto enum_::kind<Ordered> = enum_::Flag;
template <> inline constexpr auto enum_::range<Ordered> = enum_::only(Ordered::R, Ordered::W, Ordered::X);
template <> inline constexpr auto enum_::kind<Loose> = enum_::Flag;
template <> inline constexpr auto enum_::kind<Nothing> = enum_::Flag;

TEST_CASE("flag: or, and, xor, invert", "[enum][flag]") {
    CHECK(repr(Perm::R | Perm::W) == "<Perm.W|R: 6>");
    CHECK(repr((Perm::R | Perm::W) & Perm::R) == "<Perm.R: 4>");
    CHECK(repr((Perm::R | Perm::W) ^ Perm::R) == "<Perm.W: 2>");
    CHECK(repr(Perm::R & Perm::W) == "<Perm: 0>");
    CHECK(str(Perm::R & Perm::W) == "Perm(0)");
    CHECK(repr(~Perm::R) == "<Perm.X|W: 3>");
    CHECK(repr(~Perm()) == "<Perm.X|W|R: 7>");
    CHECK(str(~Perm::R) == "Perm.X|W");
    CHECK(enum_::name(~Perm::R) == "X|W");
    CHECK(enum_::name(Perm()).empty());  // None in Python
    Perm all = Perm::R;
    all |= Perm::W;
    all ^= Perm::X;
    all &= ~Perm::R;
    CHECK(all == (Perm::W | Perm::X));
    static_assert((Perm::R | Perm::W) == enum_::by_value<Perm>(6) && ~Perm::R == (Perm::W | Perm::X));
}

TEST_CASE("flag: which are set, and whether one is", "[enum][flag]") {
    CHECK(repr(enum_::members(Perm::R | Perm::X)) == "[<Perm.X: 1>, <Perm.R: 4>]");
    CHECK(enum_::members(Perm()).empty());
    CHECK(enum_::members(Named::RW).size() == 2);
    CHECK(enum_::members(enum_::by_value<Keep>(9)).size() == 1);
    CHECK(enum_::members(Perm::R | Perm::X)[1] == Perm::R);
    CHECK(enum_::contains(Perm::R | Perm::X, Perm::R));
    CHECK(!enum_::contains(Perm::R | Perm::X, Perm::W));
    CHECK(!enum_::contains(Perm::R, Perm::R | Perm::X));
    CHECK(enum_::contains(Perm::R, Perm()));
    static_assert(enum_::members(Perm::R | Perm::X).size() == 2);
    CHECK(repr(amphis::list(enum_::members(Perm::R | Perm::X))) == "[<Perm.X: 1>, <Perm.R: 4>]");
}

TEST_CASE("flag: members are the flags of one bit; combinations and zero are aliases", "[enum][flag]") {
    CHECK(repr(enum_::members<Named>()) == "[<Named.X: 1>, <Named.W: 2>, <Named.R: 4>]");
    CHECK(repr(enum_::names<Named>()) == "['X', 'W', 'R']");
    CHECK(enum_::members_map<Named>().size() == 5);
    CHECK(repr(Named::R | Named::W) == "<Named.RW: 6>");
    CHECK(repr(Named::R & Named::W) == "<Named.NONE: 0>");
    CHECK(repr(Named::RW | Named::X) == "<Named.X|W|R: 7>");
    CHECK(enum_::by_name<Named>("RW") == Named::RW);
    CHECK(enum_::name(Named::RW) == "RW");
}

TEST_CASE("flag: boundary STRICT", "[enum][flag]") {
    CHECK(repr(enum_::by_value<Perm>(5)) == "<Perm.X|R: 5>");
    CHECK(repr(enum_::by_value<Perm>(0)) == "<Perm: 0>");
    CHECK(repr(enum_::by_value<Perm>(-1)) == "<Perm.X|W|R: 7>");
    // >>> Perm(8), Perm(-9)
    CHECK(message_of([] { (void)enum_::by_value<Perm>(8); }) == "ValueError: <flag 'Perm'> invalid value 8\n    given 0b0 1000\n  allowed 0b0 0111");
    CHECK(message_of([] { (void)enum_::by_value<Perm>(-9); }) == "ValueError: <flag 'Perm'> invalid value -9\n    given 0b1 0111\n  allowed 0b0 0111");
    CHECK(message_of([] { (void)enum_::by_value<Perm>(1ULL << 40U); }).starts_with("ValueError: <flag 'Perm'> invalid value 1099511627776\n"));
    CHECK(message_of([] { (void)enum_::by_value<Perm>(static_cast<Perm>(16)); }).starts_with("ValueError: <flag 'Perm'> invalid value 16"));
    CHECK(enum_::contains<Perm>(Perm::R | Perm::W));
    CHECK(!enum_::contains<Perm>(static_cast<Perm>(8)));
}

TEST_CASE("flag: boundary CONFORM", "[enum][flag]") {
    CHECK(repr(enum_::by_value<Conform>(9)) == "<Conform.X: 1>");
    CHECK(repr(enum_::by_value<Conform>(8)) == "<Conform: 0>");
    CHECK(repr(enum_::by_value<Conform>(-9)) == "<Conform.X|W|R: 7>");
    CHECK(repr(enum_::by_value<Conform>(1 << 20)) == "<Conform: 0>");
}

TEST_CASE("flag: boundary EJECT", "[enum][flag]") {
    auto const inside = enum_::by_value<Eject>(5);
    auto const outside = enum_::by_value<Eject>(9);
    CHECK(inside.is_member());
    CHECK(repr(inside) == "<Eject.X|R: 5>");
    CHECK(str(inside) == "Eject.X|R");
    CHECK(inside.member() == (Eject::X | Eject::R));
    CHECK(!outside.is_member());
    CHECK(repr(outside) == "9");
    CHECK(str(outside) == "9");
    CHECK(outside.number() == 9);
    CHECK(message_of([&] { (void)outside.member(); }) == "ValueError: 9 is not a valid Eject");
    CHECK(repr(enum_::by_value<Eject>(-9)) == "-9");
    CHECK(repr(enum_::by_value<Eject>(-1)) == "<Eject.X|W|R: 7>");
    CHECK(repr(~Eject::R) == "<Eject.X|W: 3>");
}

TEST_CASE("flag: boundary KEEP", "[enum][flag]") {
    CHECK(repr(enum_::by_value<Keep>(9)) == "<Keep.X|8: 9>");
    CHECK(repr(enum_::by_value<Keep>(8)) == "<Keep: 8>");
    CHECK(str(enum_::by_value<Keep>(8)) == "Keep(8)");
    CHECK(repr(~Keep::R) == "<Keep.X|W: 3>");
    CHECK(repr(~enum_::by_value<Keep>(8)) == "<Keep.X|W|R: 7>");
    CHECK(repr(~enum_::by_value<Keep>(15)) == "<Keep: 16>");  // so it is
    CHECK(repr(enum_::by_value<Keep>(-1)) == "<Keep.X|W|R: 7>");
    CHECK(repr(enum_::by_value<Keep>(-9)) == "<Keep.X|W|R: 7>");
    CHECK(message_of([] { (void)enum_::by_value<Keep>(1ULL << 40U); }) == "ValueError: 1099511627776 is not a valid Keep");  // no room
    // >>> class Gap(Flag, boundary=KEEP): A = 1; B = 4
    CHECK(repr(~Gap::A) == "<Gap.B|2: 6>");
    CHECK(repr(enum_::by_value<Gap>(2)) == "<Gap: 2>");
    CHECK(repr(enum_::by_value<Gap>(3)) == "<Gap.A|2: 3>");
}

TEST_CASE("flag: IntFlag is its number", "[enum][flag]") {
    CHECK(str(Number::R) == "4");
    CHECK(repr(Number::R) == "<Number.R: 4>");
    CHECK(repr(Number::R | Number::W | Number::X) == "<Number.RWX: 7>");
    CHECK(repr(enum_::by_value<Number>(9)) == "<Number.X|8: 9>");
    CHECK(repr(enum_::by_value<Number>(-4)) == "<Number.R: 4>");  // >>> Number(-4)
    CHECK(repr(~Number::R) == "<Number.X|W: 3>");
    CHECK("{:>5}|{:x}"_f(Number::R, enum_::by_value<Number>(25)) == "    4|19");
    CHECK((Number::R == 4));
    CHECK(+Number::R + 1 == 5);
}

TEST_CASE("flag: 64 bits, and combinations with a name", "[enum][flag]") {
    CHECK(repr(enum_::members<Wide>()) == "[<Wide.LOW: 1>, <Wide.MIDDLE: 1048576>, <Wide.TOP: 9223372036854775808>]");
    CHECK(enum_::name(Wide::LOW | Wide::TOP) == "ENDS");
    CHECK(enum_::name(Wide::LOW | Wide::TOP | Wide::MIDDLE) == "ALL");
    CHECK(enum_::name(Wide::LOW | Wide::MIDDLE) == "LOW|MIDDLE");
    CHECK(enum_::name(~Wide::LOW) == "MIDDLE|TOP");
    CHECK(enum_::by_value<Wide>(~0ULL ^ ~0ULL) == Wide());
    CHECK(enum_::members<Many>().size() == 11);
    CHECK(enum_::name(Many::B8 | Many::B16) == "PAIR");
    CHECK(enum_::name(Many::B0 | Many::B8 | Many::B9) == "LOWER");
    CHECK(enum_::name(Many::B31 | Many::B16 | Many::B15) == "UPPER");
    CHECK(enum_::name(~Many()) == "ALL");
    CHECK(repr(enum_::members<Signed>()) == "[<Signed.SIGN: -2147483648>, <Signed.LOW: 1>]");
    CHECK(enum_::name(Signed::SIGN | Signed::LOW) == "ENDS");
    CHECK(enum_::name(~SignedWide::LOW) == "SIGN");
    CHECK(enum_::by_name<SignedWide>("SIGN") == SignedWide::SIGN);
}

TEST_CASE("flag: in the order that is given", "[enum][flag]") {
    CHECK(repr(Ordered::X | Ordered::R) == "<Ordered.R|X: 5>");  // as defined, in Python
    CHECK(repr(enum_::members(Ordered::X | Ordered::R)) == "[<Ordered.R: 4>, <Ordered.X: 1>]");
}

TEST_CASE("flag: verify", "[enum][flag]") {
    CHECK(message_of([] { enum_::verify<Gap>(enum_::CONTINUOUS); }) == "ValueError: invalid flag 'Gap': missing values 2");
    CHECK(enum_::verify<Named>(enum_::CONTINUOUS, enum_::NAMED_FLAGS));
    // >>> @verify(NAMED_FLAGS) class Loose(Flag): A = 1; AB = 3; ABCD = 15
    CHECK(message_of([] { enum_::verify<Loose>(enum_::NAMED_FLAGS); }) ==
          "ValueError: invalid Flag 'Loose': aliases AB and ABCD are missing combined values of 0xe [use enum.show_flag_values(value) for details]");
    CHECK(enum_::verify<Nothing>(enum_::CONTINUOUS, enum_::NAMED_FLAGS, enum_::UNIQUE));
    CHECK(repr(Nothing()) == "<Nothing: 0>");
}
