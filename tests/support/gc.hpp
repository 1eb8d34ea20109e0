// SPDX-License-Identifier: MIT
// What tests of the collector begin with.
//
//     by_hand const only;                               // gc::collect() is the only collection, until the end of the test
#ifndef AMPHIS_TESTS_SUPPORT_GC_HPP
#define AMPHIS_TESTS_SUPPORT_GC_HPP

#include <amphis/gc.hpp>

/// No automatic collection, and nothing left over from one test to the next.
struct by_hand {
    by_hand() {
        amphis::gc::collect();
        amphis::gc::disable();
    }
    by_hand(by_hand const&) = delete;
    by_hand& operator=(by_hand const&) = delete;
    ~by_hand() {
        amphis::gc::set_debug(0);
        amphis::gc::callbacks.clear();
        amphis::gc::unfreeze();
        amphis::gc::garbage.clear();
        amphis::gc::collect();
        amphis::gc::collect();  // what the finalizers made
        amphis::gc::enable();
    }
};

#endif  // AMPHIS_TESTS_SUPPORT_GC_HPP
