// SPDX-License-Identifier: MIT
// enum: Python's Enum, IntEnum, StrEnum, Flag and IntFlag over any `enum class`.  Python: docs.python.org/3/library/enum.html
//
//     #include <amphis/enum.hpp>
//     namespace enum_ = amphis::enum_;
//
//     enum class Color { RED = 1, GREEN = 2, BLUE = 3 };
//     print(Color::RED, repr(Color::GREEN));                                        // Color.RED <Color.GREEN: 2>
//     for (auto color : enum_::members<Color>()) print(enum_::name(color), enum_::value(color));
//     enum_::by_name<Color>("RED"), enum_::by_value<Color>(3);                      // KeyError, ValueError if there is none
//
//     enum class Perm { X = 1, W = 2, R = 4 };
//     template <> inline constexpr auto amphis::enum_::kind<Perm> = amphis::enum_::Flag;
//     using namespace amphis::enum_::operators;
//     print(Perm::R | Perm::W);                                                     // Perm.W|R
//
// What one may say about an enum class is in enum/traits.hpp: kind, boundary, range, values, aliases, missing.
#ifndef AMPHIS_ENUM_HPP
#define AMPHIS_ENUM_HPP

#include <amphis/enum/flags.hpp>
#include <amphis/enum/lookup.hpp>
#include <amphis/enum/members.hpp>
#include <amphis/enum/names.hpp>
#include <amphis/enum/print.hpp>
#include <amphis/enum/traits.hpp>
#include <amphis/enum/verify.hpp>

#endif  // AMPHIS_ENUM_HPP
