// SPDX-License-Identifier: MIT
// A program that has an operator new of its own, in own_new.cpp: that wins, and cannot be traced.
#include <amphis/tracemalloc.hpp>

#include "support/catch.hpp"
#include "tracemalloc/own_new.hpp"

#include <memory>
#include <string>
#include <utility>

namespace tracemalloc = amphis::tracemalloc;

TEST_CASE("tracemalloc: a program with an operator new of its own cannot be traced", "[tracemalloc]") {
    if (!own_new_is_there()) return;
    std::size_t const before = own_allocations();
    auto const block = std::make_unique<std::string>(100, 'x');
    CHECK(own_allocations() == before + 2);
    std::string message;
    try {
        tracemalloc::start();
    } catch (amphis::RuntimeError const& e) {
        message = e.what();
    }
    CHECK(message == "tracemalloc cannot trace: this program has an operator new of its own");
    CHECK_FALSE(tracemalloc::is_tracing());
    CHECK(tracemalloc::get_traced_memory() == std::pair<std::size_t, std::size_t>(0, 0));
}
