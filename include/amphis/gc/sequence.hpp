// SPDX-License-Identifier: MIT
// gc/sequence: what a heap keeps one after the other. A std::vector costs who includes gc.hpp a tenth of #include <vector> for each type of
// elements, and there are seven: 3.4 -> 2.8 times #include <vector>.
#ifndef AMPHIS_GC_SEQUENCE_HPP
#define AMPHIS_GC_SEQUENCE_HPP

#include <amphis/config.hpp>

#include <cstddef>
#include <new>
#include <type_traits>

namespace amphis::inline v0::detail::gc {

/// Of std::vector what the heap needs, for types that are copied as bytes.
template <class T>
class sequence {
    static_assert(std::is_trivially_copyable_v<T>);

public:
    sequence() noexcept = default;
    sequence(sequence const&) = delete;
    sequence& operator=(sequence const&) = delete;
    ~sequence() { ::operator delete(data_); }

    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] T* begin() const noexcept { return data_; }
    [[nodiscard]] T* end() const noexcept { return data_ + size_; }
    [[nodiscard]] T& operator[](std::size_t i) const noexcept { return data_[i]; }
    [[nodiscard]] T& back() const noexcept { return data_[size_ - 1]; }
    void push_back(T value) {
        if (size_ == capacity_) [[unlikely]] reserve(capacity_ == 0 ? 64 : 2 * capacity_);
        data_[size_++] = value;
    }
    T pop_back() noexcept { return data_[--size_]; }
    void clear() noexcept { size_ = 0; }
    void resize(std::size_t size) {
        reserve(size);
        while (size_ < size) data_[size_++] = T();
        size_ = size;
    }
    AMPHIS_NOINLINE void reserve(std::size_t capacity) {
        if (capacity <= capacity_) return;
        if (capacity < 2 * capacity_) capacity = 2 * capacity_;
        auto* const wider = static_cast<T*>(::operator new(capacity * sizeof(T)));
        for (std::size_t i = 0; i != size_; ++i) wider[i] = data_[i];
        ::operator delete(data_);
        data_ = wider;
        capacity_ = capacity;
    }
    void swap(sequence& other) noexcept {
        T* const data = data_;
        std::size_t const size = size_;
        std::size_t const capacity = capacity_;
        data_ = other.data_;
        size_ = other.size_;
        capacity_ = other.capacity_;
        other.data_ = data;
        other.size_ = size;
        other.capacity_ = capacity;
    }

private:
    T* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

/// The same in blocks, so that one more never takes longer the more there are: 10**6 in one piece paused a program for 10 ms.
template <class T>
class blocks {
    static_assert(std::is_trivially_copyable_v<T>);
    static constexpr std::size_t bits = 12;
    static constexpr std::size_t mask = (std::size_t{1} << bits) - 1;

public:
    blocks() noexcept = default;
    blocks(blocks const&) = delete;
    blocks& operator=(blocks const&) = delete;
    ~blocks() {
        for (T* const block : blocks_) ::operator delete(block);
    }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] T& operator[](std::size_t i) const noexcept { return blocks_[i >> bits][i & mask]; }
    [[nodiscard]] T& back() const noexcept { return (*this)[size_ - 1]; }
    void push_back(T value) {
        if (size_ == blocks_.size() << bits) [[unlikely]] add();
        (*this)[size_++] = value;
    }
    void clear() noexcept { size_ = 0; }

private:
    AMPHIS_NOINLINE void add() {
        blocks_.push_back(nullptr);
        try {
            blocks_.back() = static_cast<T*>(::operator new((mask + 1) * sizeof(T)));
        } catch (...) {
            blocks_.pop_back();
            throw;
        }
    }
    sequence<T*> blocks_;
    std::size_t size_ = 0;
};

}  // namespace amphis::inline v0::detail::gc

#endif  // AMPHIS_GC_SEQUENCE_HPP
