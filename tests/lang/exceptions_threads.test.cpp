// SPDX-License-Identifier: MIT
// Apart from exceptions.test.cpp, whose replaced operator new ThreadSanitizer does not like.
#include <amphis/lang/exceptions.hpp>

#include "support/catch.hpp"

#include <exception>
#include <string_view>
#include <thread>
#include <vector>

using amphis::ValueError;

TEST_CASE("exceptions: copies are shared between threads", "[lang][exceptions][threads]") {
    ValueError const shared("text");
    std::vector<std::thread> threads;
    for (int i = 0; i != 4; ++i) {
        threads.emplace_back([shared] {
            for (int n = 0; n != 1000; ++n) {
                ValueError const copy = shared;
                if (n % 100 == 0) copy.add_note("note");
                if (std::string_view(copy.what()) != "text") std::terminate();
            }
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(shared.notes().size() == 40);
}
