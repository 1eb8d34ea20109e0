// SPDX-License-Identifier: MIT
// tracemalloc: what a block costs while nobody traces, and with one frame where the call is the program's own.
#include <amphis/tracemalloc.hpp>

#include "gate.hpp"

#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

namespace tracemalloc = amphis::tracemalloc;

void* allocate(std::size_t size) { return ::operator new(size); }
void release(void* block) { ::operator delete(block); }
void* by_malloc(std::size_t size) { return std::malloc(size); }
void by_free(void* block) { std::free(block); }

}  // namespace

GATE("tracemalloc/malloc/make_and_drop", reference()) {
    for (auto _ : state) opaque(&by_free)(opaque(&by_malloc)(opaque(std::size_t{64})));
}
// Two calls, and two tests.
GATE("tracemalloc/off/make_and_drop", no_more_than("tracemalloc/malloc/make_and_drop", 25)) {
    for (auto _ : state) opaque(&release)(opaque(&allocate)(opaque(std::size_t{64})));
}
GATE("tracemalloc/one_frame/make_and_drop", no_more_than("tracemalloc/malloc/make_and_drop", 400)) {
    tracemalloc::start();
    for (auto _ : state) opaque(&release)(opaque(&allocate)(opaque(std::size_t{64})));
    tracemalloc::stop();
}
