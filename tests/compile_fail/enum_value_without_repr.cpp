// error: amphis: enum: the values of this enumeration have no repr, which errors and the repr of a member show
#include <amphis/builtins.hpp>
#include <amphis/enum.hpp>

struct Body {
    double mass;
    bool operator==(Body const&) const = default;
#ifdef AMPHIS_OK
    char const* repr() const { return "Body"; }
#endif
};
enum class Planet { EARTH };
template <>
inline constexpr auto amphis::enum_::values<Planet> = amphis::enum_::assign<Planet, Body>({{Planet::EARTH, {5.976e24}}});

int main() { static_cast<void>(amphis::enum_::by_value<Planet>(Body{1})); }
