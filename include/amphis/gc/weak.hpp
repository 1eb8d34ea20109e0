// SPDX-License-Identifier: MIT
// gc/weak: what a weak reference is to the heap: a block that knows the object, in the list of all those of the object.
#ifndef AMPHIS_GC_WEAK_HPP
#define AMPHIS_GC_WEAK_HPP

#include <amphis/config.hpp>

#include <cstddef>
#include <cstdint>
#include <new>

namespace amphis::inline v0::detail::gc {

/// Python's weakref object: shared by the copies of a weakref::ref. `uses` is how many there are, of them `seen` in the set that a
/// collection looks at.
struct weak_block {
    void* object = nullptr;  // null once the object is gone
    weak_block* next = nullptr;
    weak_block* previous = nullptr;
    std::uint32_t uses = 1;
    std::uint32_t seen = 0;
    /// Calls the callback with this block; null for one without.
    void (*call)(weak_block& self) = nullptr;
    void (*destroy)(weak_block* self) noexcept = nullptr;
};

/// Those whose callbacks are to be called, linked by `next`.
struct weak_calls {
    weak_block* first = nullptr;
    weak_block* last = nullptr;

    void append(weak_block* block) noexcept {
        if (last != nullptr) {
            last->next = block;
        } else {
            first = block;
        }
        last = block;
    }
};

/// The address of an object to the first of its weak references, by open addressing.
class weak_map {
public:
    weak_map() noexcept = default;
    weak_map(weak_map const&) = delete;
    weak_map& operator=(weak_map const&) = delete;
    ~weak_map() { ::operator delete(slots_); }

    [[nodiscard]] weak_block* find(void const* object) const noexcept {
        if (capacity_ == 0) return nullptr;
        return slots_[place(object)].first;
    }
    /// There is room for `more`: set() of as many new objects will not raise.
    void reserve(std::size_t more = 1) {
        while (2 * (size_ + more) > capacity_) grow();
    }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    template <class Each>
    void each(Each const& call) const {
        for (std::size_t i = 0; i != capacity_; ++i) {
            if (slots_[i].object != nullptr) call(slots_[i].object, slots_[i].first);
        }
    }
    void set(void const* object, weak_block* first) noexcept {
        entry& e = slots_[place(object)];
        if (e.object == nullptr) ++size_;
        e = {object, first};
    }
    void erase(void const* object) noexcept {
        if (capacity_ == 0) return;
        std::size_t hole = place(object);
        if (slots_[hole].object == nullptr) return;
        --size_;
        // What stands behind moves up, as far as it may.
        for (std::size_t i = hole;;) {
            i = (i + 1) & (capacity_ - 1);
            if (slots_[i].object == nullptr) break;
            if (((i - home(slots_[i].object)) & (capacity_ - 1)) >= ((i - hole) & (capacity_ - 1))) {
                slots_[hole] = slots_[i];
                hole = i;
            }
        }
        slots_[hole] = {};
    }

private:
    struct entry {
        void const* object = nullptr;
        weak_block* first = nullptr;
    };

    [[nodiscard]] std::size_t home(void const* object) const noexcept {
        return static_cast<std::size_t>((reinterpret_cast<std::uintptr_t>(object) * 0x9e3779b97f4a7c15U) >> 32U) & (capacity_ - 1);
    }
    /// Where the object is, or would be.
    [[nodiscard]] std::size_t place(void const* object) const noexcept {
        std::size_t i = home(object);
        while (slots_[i].object != nullptr && slots_[i].object != object) i = (i + 1) & (capacity_ - 1);
        return i;
    }
    void grow() {
        std::size_t const before = capacity_;
        std::size_t const after = before == 0 ? 16 : 2 * before;
        entry* const old = slots_;
        auto* const memory = static_cast<entry*>(::operator new(after * sizeof(entry)));
        for (std::size_t i = 0; i != after; ++i) new (memory + i) entry();
        slots_ = memory;
        capacity_ = after;
        for (std::size_t i = 0; i != before; ++i) {
            if (old[i].object != nullptr) slots_[place(old[i].object)] = old[i];
        }
        ::operator delete(old);
    }

    entry* slots_ = nullptr;
    std::size_t capacity_ = 0;
    std::size_t size_ = 0;
};

}  // namespace amphis::inline v0::detail::gc

#endif  // AMPHIS_GC_WEAK_HPP
