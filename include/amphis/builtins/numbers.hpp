// SPDX-License-Identifier: MIT
// builtins/numbers: abs, divmod, floordiv, hash, len, max, min, mod, pow, round, truediv.
// Python: docs.python.org/3/library/functions.html
#ifndef AMPHIS_BUILTINS_NUMBERS_HPP
#define AMPHIS_BUILTINS_NUMBERS_HPP

#include <amphis/builtins/numbers/division.hpp>
#include <amphis/builtins/numbers/extremes.hpp>
#include <amphis/builtins/numbers/hash.hpp>
#include <amphis/builtins/numbers/kinds.hpp>
#include <amphis/builtins/numbers/len.hpp>
#include <amphis/builtins/numbers/pow.hpp>
#include <amphis/builtins/numbers/round.hpp>

#endif  // AMPHIS_BUILTINS_NUMBERS_HPP
