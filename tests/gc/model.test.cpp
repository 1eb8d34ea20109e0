// SPDX-License-Identifier: MIT
// Random graphs against a model that knows who is reachable. AMPHIS_GC_SEEDS=100000 runs as many: tests/gc/model.hpp.
#include "model.hpp"

#include <cstdlib>
#include <string>

#include "support/catch.hpp"

TEST_CASE("model: who is reachable lives, and nobody else stays", "[gc]") {
    char const* const wanted = std::getenv("AMPHIS_GC_SEEDS");
    std::uint64_t const seeds = wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : 300;
    for (std::uint64_t seed = 0; seed != seeds; ++seed) {
        std::string const trouble = model::world(seed).run(400);
        if (!trouble.empty()) {
            FAIL("seed " << seed << ": " << trouble);
        }
    }
}
