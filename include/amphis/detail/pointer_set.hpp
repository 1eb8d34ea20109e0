// SPDX-License-Identifier: MIT
// pointer_set: addresses that have been seen. std::unordered_set costs more to include than what needs it.
// Used by: gc.hpp, lang/exceptions.hpp, lang/try.hpp, traceback.hpp
#ifndef AMPHIS_DETAIL_POINTER_SET_HPP
#define AMPHIS_DETAIL_POINTER_SET_HPP

#include <amphis/config.hpp>

#include <cstddef>
#include <cstdint>
#include <new>

namespace amphis::inline v0::detail {

/// A set of addresses other than null, by open addressing.
class pointer_set {
public:
    pointer_set() noexcept = default;
    pointer_set(pointer_set const&) = delete;
    pointer_set& operator=(pointer_set const&) = delete;
    ~pointer_set() { ::operator delete(slots_); }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool contains(void const* p) const noexcept { return capacity_ != 0 && *find(p) == p; }

    /// True if it was not there.
    bool insert(void const* p) {
        if (2 * (size_ + 1) > capacity_) grow();
        void const** const slot = find(p);
        if (*slot == p) return false;
        *slot = p;
        ++size_;
        return true;
    }

private:
    /// Where `p` is, or would be.
    [[nodiscard]] void const** find(void const* p) const noexcept {
        std::size_t const mask = capacity_ - 1;
        // Addresses are multiples of 16: the product's upper half has the bits that differ.
        auto at = static_cast<std::size_t>(static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(p)) * 0x9E3779B97F4A7C15U >> 32) & mask;
        while (slots_[at] != nullptr && slots_[at] != p) at = (at + 1) & mask;
        return slots_ + at;
    }
    AMPHIS_COLD void grow() {
        std::size_t const capacity = capacity_ == 0 ? 16 : 2 * capacity_;
        auto** const slots = static_cast<void const**>(::operator new(capacity * sizeof(void const*)));
        for (std::size_t i = 0; i != capacity; ++i) slots[i] = nullptr;
        void const** const old = slots_;
        std::size_t const old_capacity = capacity_;
        slots_ = slots;
        capacity_ = capacity;
        for (std::size_t i = 0; i != old_capacity; ++i) {
            if (old[i] != nullptr) *find(old[i]) = old[i];
        }
        ::operator delete(old);
    }

    void const** slots_ = nullptr;
    std::size_t capacity_ = 0;  // 0 or a power of two
    std::size_t size_ = 0;
};

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_DETAIL_POINTER_SET_HPP
