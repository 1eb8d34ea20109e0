// SPDX-License-Identifier: MIT
// itertools: iterators for efficient looping, whole, and the recipes of its page.  Python: docs.python.org/3/library/itertools.html
//
//     namespace it = amphis::itertools;
//     for (auto [left, right] : it::pairwise(temperatures)) ...
//     print(list(it::islice(it::count(10), 3)));            // [10, 11, 12]
#ifndef AMPHIS_ITERTOOLS_HPP
#define AMPHIS_ITERTOOLS_HPP

#include <amphis/itertools/chain.hpp>
#include <amphis/itertools/combinatorics.hpp>
#include <amphis/itertools/grouping.hpp>
#include <amphis/itertools/infinite.hpp>
#include <amphis/itertools/mapping.hpp>
#include <amphis/itertools/product.hpp>
#include <amphis/itertools/recipes.hpp>
#include <amphis/itertools/selecting.hpp>
#include <amphis/itertools/slicing.hpp>
#include <amphis/itertools/tee.hpp>
#include <amphis/itertools/zip_longest.hpp>

#endif  // AMPHIS_ITERTOOLS_HPP
