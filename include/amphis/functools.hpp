// SPDX-License-Identifier: MIT
// functools: memoisation, partial application, folds, dispatch by type.  Python: docs.python.org/3/library/functools.html
//
//     #include <amphis/functools.hpp>
//     namespace ft = amphis::functools;
//
//     auto fib = ft::lru_cache<ft::unbounded>([](auto& self, int n) -> long { return n < 2 ? n : self(n - 1) + self(n - 2); });
//     auto twice = ft::partial(multiply, "y"_k = 2);
//     ft::reduce([](int a, int b) { return a * b; }, std::vector{1, 2, 3, 4}, 1);     // 24
//
// Each part can be included alone.
#ifndef AMPHIS_FUNCTOOLS_HPP
#define AMPHIS_FUNCTOOLS_HPP

#include <amphis/functools/cached_property.hpp>
#include <amphis/functools/cmp_to_key.hpp>
#include <amphis/functools/lru_cache.hpp>
#include <amphis/functools/partial.hpp>
#include <amphis/functools/reduce.hpp>
#include <amphis/functools/singledispatch.hpp>
#include <amphis/functools/total_ordering.hpp>
#include <amphis/functools/wraps.hpp>

#include <vector>  // what is folded and dispatched most; builtins.hpp has no room for it in its budget

#endif  // AMPHIS_FUNCTOOLS_HPP
