// SPDX-License-Identifier: MIT
// gc/memory_resource: a private_heap for the containers of std::pmr. Not part of gc.hpp: <memory_resource> is included here.
#ifndef AMPHIS_GC_MEMORY_RESOURCE_HPP
#define AMPHIS_GC_MEMORY_RESOURCE_HPP

#include <amphis/config.hpp>
#include <amphis/gc/private_heap.hpp>

#include <cstddef>
#include <memory_resource>
#include <new>

namespace amphis::inline v0::gc {

/// Gives the containers of std::pmr their memory from a private_heap.
///
///     gc::private_heap heap;
///     gc::memory_resource resource(heap);
///     std::pmr::vector<int> numbers(&resource);
///
/// Threads   one at a time.
class memory_resource final : public std::pmr::memory_resource {
public:
    explicit memory_resource(private_heap& heap) noexcept : heap_(&heap) {}

private:
    void* do_allocate(std::size_t bytes, std::size_t alignment) override {
        if (alignment > private_heap::alignment) return ::operator new(bytes, std::align_val_t(alignment));
        return heap_->allocate(bytes);
    }
    void do_deallocate(void* block, std::size_t bytes, std::size_t alignment) override {
        if (alignment > private_heap::alignment) return ::operator delete(block, std::align_val_t(alignment));
        heap_->deallocate(block, bytes);
    }
    [[nodiscard]] bool do_is_equal(std::pmr::memory_resource const& other) const noexcept override {
        return this == &other;
    }

    private_heap* heap_;
};

}  // namespace amphis::inline v0::gc

#endif  // AMPHIS_GC_MEMORY_RESOURCE_HPP
