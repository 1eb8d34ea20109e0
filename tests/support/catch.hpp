// SPDX-License-Identifier: MIT
// Catch2 3 and Catch2 2 behind one include.
#ifndef AMPHIS_TESTS_SUPPORT_CATCH_HPP
#define AMPHIS_TESTS_SUPPORT_CATCH_HPP

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
using Catch::Approx;
#else
#include <catch2/catch.hpp>
#endif

#endif
