// flags: sets of flags, and what becomes of bits that no flag has
#include <amphis/builtins.hpp>
#include <amphis/enum.hpp>
#include <amphis/lang/exceptions.hpp>

namespace enum_ = amphis::enum_;
using amphis::list, amphis::print, amphis::repr;
using namespace amphis::enum_::operators;

// --- Flags, and their boundaries
enum class Perm { X = 1, W = 2, R = 4, RW = 6 };
enum class Style { BOLD = 1, ITALIC = 2 };
enum class Mode { READ = 1, WRITE = 2 };
template <>
inline constexpr auto amphis::enum_::kind<Perm> = amphis::enum_::Flag;
template <>
inline constexpr auto amphis::enum_::kind<Style> = amphis::enum_::Flag;
template <>
inline constexpr auto amphis::enum_::boundary<Style> = amphis::enum_::CONFORM;
template <>
inline constexpr auto amphis::enum_::kind<Mode> = amphis::enum_::IntFlag;

int main() {
    // --- Together, in common, and what is missing
    print(Perm::R | Perm::X, repr(Perm::R | Perm::W), repr(Perm::R & Perm::W));
    print(repr(~Perm::X), repr(Perm::RW ^ Perm::R));

    // --- Which are set, and whether one is
    for (auto flag : enum_::members(Perm::R | Perm::X)) print(enum_::name(flag), enum_::value(flag));
    print(enum_::contains(Perm::RW, Perm::R), enum_::contains(Perm::RW, Perm::X));
    print(enum_::members<Perm>(), list([](auto& item) { return item.first; }, amphis::for_(enum_::members_map<Perm>())));

    // --- Bits that no flag has
    print(repr(enum_::by_value<Perm>(5)), repr(enum_::by_value<Style>(7)), repr(enum_::by_value<Mode>(9)), enum_::by_value<Mode>(9));
    try {
        print(enum_::by_value<Perm>(8));
    } catch (amphis::ValueError const& e) {
        print("ValueError:", e);
    }
}
