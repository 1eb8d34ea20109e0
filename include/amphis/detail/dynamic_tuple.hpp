// SPDX-License-Identifier: MIT
// dynamic_tuple: a tuple whose length is known at run time, as combinations(pool, r) and batched(data, n) give; and the array it is made of.
// Used by: builtins.hpp, itertools.hpp
#ifndef AMPHIS_DETAIL_DYNAMIC_TUPLE_HPP
#define AMPHIS_DETAIL_DYNAMIC_TUPLE_HPP

#include <amphis/config.hpp>
#include <amphis/detail/hash.hpp>
#include <amphis/detail/text.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <type_traits>
#include <utility>
#include <vector>  // std::allocator, which constant evaluation needs

namespace amphis::inline v0::detail {

/// A growing array: what std::vector is, but of bool too, and an eighth of its instantiation.
template <class T>
class growing_array {
public:
    constexpr growing_array() noexcept = default;
    constexpr growing_array(growing_array&& other) noexcept
        : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)), capacity_(std::exchange(other.capacity_, 0)) {}
    constexpr growing_array(growing_array const& other)
        requires std::is_copy_constructible_v<T>
    {
        reserve(other.size_);
        filling guard{*this};
        for (T const& value : other) emplace_back(value);
        guard.armed = false;
    }
    constexpr growing_array& operator=(growing_array other) noexcept {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        std::swap(capacity_, other.capacity_);
        return *this;
    }
    constexpr ~growing_array() { release(); }

    constexpr void reserve(std::size_t capacity) {
        if (capacity > capacity_) grow(capacity);
    }
    template <class... A>
    constexpr T& emplace_back(A&&... arguments) {
        if (size_ == capacity_) grow(capacity_ == 0 ? 4 : 2 * capacity_);
        T* const made = std::construct_at(data_ + size_, static_cast<A&&>(arguments)...);
        ++size_;
        return *made;
    }
    constexpr void clear() noexcept {
        while (size_ != 0) std::destroy_at(data_ + --size_);
    }
    constexpr void pop_front() {
        for (std::size_t i = 1; i < size_; ++i) data_[i - 1] = static_cast<T&&>(data_[i]);
        std::destroy_at(data_ + --size_);
    }

    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    [[nodiscard]] constexpr T* begin() noexcept { return data_; }
    [[nodiscard]] constexpr T* end() noexcept { return data_ + size_; }
    [[nodiscard]] constexpr T const* begin() const noexcept { return data_; }
    [[nodiscard]] constexpr T const* end() const noexcept { return data_ + size_; }
    [[nodiscard]] constexpr T& operator[](std::size_t i) noexcept { return data_[i]; }
    [[nodiscard]] constexpr T const& operator[](std::size_t i) const noexcept { return data_[i]; }

private:
    /// A constructor that throws has no destructor to clean up after it.
    struct filling {
        growing_array& array;
        bool armed = true;
        constexpr ~filling() {
            if (armed) array.release();
        }
    };
    constexpr void release() noexcept {
        clear();
        if (data_ != nullptr) std::allocator<T>().deallocate(data_, capacity_);
        data_ = nullptr;
        capacity_ = 0;
    }
    constexpr void grow(std::size_t capacity) {
        growing_array grown;
        grown.data_ = std::allocator<T>().allocate(capacity);
        grown.capacity_ = capacity;
        for (T& value : *this) {
            std::construct_at(grown.data_ + grown.size_, static_cast<T&&>(value));
            ++grown.size_;
        }
        *this = static_cast<growing_array&&>(grown);
    }

    T* data_ = nullptr;
    std::size_t size_ = 0;      // elements
    std::size_t capacity_ = 0;  // elements
};

/// Appends (1, 2), (1,) or ().
template <class Items>
void tuple_items_to(text& out, Items const& items) {
    out.push_back('(');
    std::size_t count = 0;
    for (auto&& item : items) {
        if (count++ != 0) out.append(", ", 2);
        repr_item(out, item);
    }
    if (count == 1) out.push_back(',');
    out.push_back(')');
}

/// The base of what prints and compares as a tuple and has its length at run time; the elements may be elsewhere. A base, so that the
/// operators below are found.
struct tuple_of_any_size {};
template <class T>
concept TupleOfAnySize = std::is_base_of_v<tuple_of_any_size, T>;

template <TupleOfAnySize A, TupleOfAnySize B>
[[nodiscard]] constexpr bool operator==(A const& a, B const& b) {
    if (a.size() != b.size()) return false;
    auto other = b.begin();
    for (auto&& item : a) {
        if (!(item == *other)) return false;
        ++other;
    }
    return true;
}

template <class T, class U>
[[nodiscard]] constexpr auto compare_items(T const& a, U const& b) {
    if constexpr (requires { a <=> b; }) {
        return a <=> b;
    } else {
        return a < b ? std::weak_ordering::less : b < a ? std::weak_ordering::greater : std::weak_ordering::equivalent;
    }
}
template <TupleOfAnySize A, TupleOfAnySize B>
[[nodiscard]] constexpr auto operator<=>(A const& a, B const& b) {
    using ordering = std::common_comparison_category_t<decltype(compare_items(*a.begin(), *b.begin())), std::strong_ordering>;
    auto other = b.begin();
    auto const last = b.end();
    for (auto&& item : a) {
        if (other == last) return ordering(std::strong_ordering::greater);
        if (ordering const order = compare_items(item, *other); order != 0) return order;
        ++other;
    }
    return ordering(other == last ? std::strong_ordering::equal : std::strong_ordering::less);
}

// More specialised than the ones for any type, so that they come first.
template <template <class> class Tuple, class T>
    requires TupleOfAnySize<Tuple<T>>
void repr_to(text& out, Tuple<T> const& items) {
    tuple_items_to(out, items);
}
template <template <class> class Tuple, class T>
    requires TupleOfAnySize<Tuple<T>>
void str_to(text& out, Tuple<T> const& items) {
    tuple_items_to(out, items);
}

/// A tuple of T, as long as it was made: tuple[T, ...]. Its elements do not change; tuples compare element by element, hash, and print as
/// Python's.
template <class T>
class dynamic_tuple : public tuple_of_any_size {
public:
    using value_type = T;
    using size_type = std::size_t;
    using difference_type = std::ptrdiff_t;
    using reference = T const&;
    using const_reference = T const&;
    using iterator = T const*;
    using const_iterator = T const*;

    constexpr dynamic_tuple() noexcept = default;
    constexpr dynamic_tuple(std::initializer_list<T> items) {
        items_.reserve(items.size());
        for (T const& item : items) items_.emplace_back(item);
    }
    constexpr explicit dynamic_tuple(growing_array<T>&& items) noexcept : items_(static_cast<growing_array<T>&&>(items)) {}

    [[nodiscard]] constexpr iterator begin() const noexcept { return items_.begin(); }
    [[nodiscard]] constexpr iterator end() const noexcept { return items_.end(); }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return items_.size(); }
    [[nodiscard]] constexpr bool empty() const noexcept { return items_.size() == 0; }
    [[nodiscard]] constexpr T const& operator[](std::size_t i) const noexcept { return items_[i]; }
    [[nodiscard]] constexpr T const& front() const noexcept { return items_[0]; }
    [[nodiscard]] constexpr T const& back() const noexcept { return items_[items_.size() - 1]; }
    /// To take the elements out, or make new ones.
    [[nodiscard]] constexpr growing_array<T>& items() noexcept { return items_; }

    [[nodiscard]] constexpr std::uint64_t hash() const
        requires Hashable<T>
    {
        std::uint64_t folded = hash_k2;
        for (T const& item : items_) folded = fold_multiply(folded ^ hash_raw(item), hash_k0);
        return folded;
    }

private:
    growing_array<T> items_;
};

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_DETAIL_DYNAMIC_TUPLE_HPP
