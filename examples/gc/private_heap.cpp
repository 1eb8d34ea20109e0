// private heap: below the counts and the collector, who gives small objects their memory
#include <amphis/builtins.hpp>
#include <amphis/gc/private_heap.hpp>

#include <cstddef>
#include <vector>

namespace gc = amphis::gc;
namespace sys = amphis::sys;
using amphis::print;

// --- A bytes object of n bytes takes 33 more: the block that it gets
void* block(gc::private_heap& heap, std::size_t bytes) {
    void* const place = heap.allocate(bytes);
    heap.deallocate(place, bytes);  // and it is free again
    return place;
}

int main() {
    gc::private_heap heap;
    static_cast<void>(heap.allocate(93));  // others are in use, as in a running CPython; they go with the heap

    // --- The block that was freed last is the next one of its size class
    print(block(heap, 93) == block(heap, 93));

    // --- Size classes are 16 bytes apart: 81 to 96 bytes are one class
    print(block(heap, 93) == block(heap, 96), block(heap, 93) == block(heap, 81));
    print(block(heap, 93) == block(heap, 80));

    // --- How many blocks are in use
    std::size_t const before = sys::getallocatedblocks(heap);
    {
        std::vector<std::vector<std::byte, gc::allocator<std::byte>>> many;
        for (int i = 0; i < 1000; ++i) many.emplace_back(93, heap);
        print(sys::getallocatedblocks(heap) - before >= 1000);
    }
    print(sys::getallocatedblocks(heap) - before < 10);
}
