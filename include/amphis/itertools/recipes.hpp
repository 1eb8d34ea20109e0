// SPDX-License-Identifier: MIT
// itertools/recipes: what the Python documentation builds from itertools, ready to use.
// Python: docs.python.org/3/library/itertools.html#itertools-recipes
#ifndef AMPHIS_ITERTOOLS_RECIPES_HPP
#define AMPHIS_ITERTOOLS_RECIPES_HPP

#include <amphis/itertools/recipes/collecting.hpp>
#include <amphis/itertools/recipes/rearranging.hpp>
#include <amphis/itertools/recipes/unique.hpp>
#include <amphis/itertools/recipes/windows.hpp>

#endif  // AMPHIS_ITERTOOLS_RECIPES_HPP
