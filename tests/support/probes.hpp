// SPDX-License-Identifier: MIT
// Probe types: what a container or an adaptor does with its elements, made countable.
#ifndef AMPHIS_TESTS_SUPPORT_PROBES_HPP
#define AMPHIS_TESTS_SUPPORT_PROBES_HPP

#include <compare>
#include <cstddef>
#include <functional>  // std::hash
#include <initializer_list>
#include <iterator>
#include <stdexcept>
#include <utility>
#include <vector>

namespace probes {

/// Counts copies, moves and the objects alive. Start a test with `tracked::reset()`.
///
///     tracked::reset();
///     { tracked a{1}; auto b = a; }
///     CHECK(tracked::copies == 1);
///     CHECK(tracked::live == 0);
struct tracked {
    static inline int copies = 0;
    static inline int moves = 0;
    static inline int live = 0;
    static void reset() { copies = moves = live = 0; }

    int value = 0;

    tracked() { ++live; }
    tracked(int v) : value{v} { ++live; }
    tracked(tracked const& other) : value{other.value} { ++copies, ++live; }
    tracked(tracked&& other) noexcept : value{std::exchange(other.value, -1)} { ++moves, ++live; }
    tracked& operator=(tracked const& other) { return value = other.value, ++copies, *this; }
    tracked& operator=(tracked&& other) noexcept { return value = std::exchange(other.value, -1), ++moves, *this; }
    ~tracked() { --live; }

    friend auto operator<=>(tracked const&, tracked const&) = default;
};

/// What throws_on_nth throws: not derived from std::exception, so nothing takes it for one of its own errors.
struct probe_error {
    int nth = 0;
};

/// A countdown shared by every throws_on_nth: the nth step from now throws, once. 0 disarms it.
///
///     for (int n = 1;; ++n) {                     // every step of an operation fails once
///         countdown::arm(n);
///         try { operation(); } catch (probe_error const&) { CHECK(invariant); continue; }
///         break;                                  // no step is left to fail
///     }
///     countdown::disarm();
struct countdown {
    static inline int left = 0;
    static inline int armed = 0;
    static void arm(int nth) { left = armed = nth; }
    static void disarm() { left = armed = 0; }
    static void step() {
        if (left != 0 && --left == 0) throw probe_error{armed};
    }
};

/// Every construction, copy, comparison and hash is a step of the countdown; so is every move, unless NothrowMove.
/// `live` counts objects.
template <bool NothrowMove>
struct basic_throws_on_nth {
    static inline int live = 0;

    int value = 0;

    basic_throws_on_nth() { countdown::step(), ++live; }
    basic_throws_on_nth(int v) : value{v} { countdown::step(), ++live; }
    basic_throws_on_nth(basic_throws_on_nth const& other) : value{other.value} { countdown::step(), ++live; }
    basic_throws_on_nth(basic_throws_on_nth&& other) noexcept(NothrowMove) : value{other.value} { moved(), ++live; }
    basic_throws_on_nth& operator=(basic_throws_on_nth const& other) {
        return countdown::step(), value = other.value, *this;
    }
    basic_throws_on_nth& operator=(basic_throws_on_nth&& other) noexcept(NothrowMove) {
        return moved(), value = other.value, *this;
    }
    ~basic_throws_on_nth() { --live; }

    friend bool operator==(basic_throws_on_nth const& a, basic_throws_on_nth const& b) {
        return countdown::step(), a.value == b.value;
    }
    friend std::strong_ordering operator<=>(basic_throws_on_nth const& a, basic_throws_on_nth const& b) {
        return countdown::step(), a.value <=> b.value;
    }

  private:
    static void moved() noexcept(NothrowMove) {
        if constexpr (!NothrowMove) countdown::step();
    }
};
using throws_on_nth = basic_throws_on_nth<false>;
using throws_on_nth_copy = basic_throws_on_nth<true>;

/// Has a value, can be moved and compared, cannot be copied.
struct move_only {
    int value = 0;

    move_only() = default;
    move_only(int v) : value{v} {}
    move_only(move_only&& other) noexcept : value{std::exchange(other.value, -1)} {}
    move_only& operator=(move_only&& other) noexcept { return value = std::exchange(other.value, -1), *this; }
    ~move_only() = default;

    friend auto operator<=>(move_only const&, move_only const&) = default;
};

/// A single-pass range of ints. Reading an element twice, or passing the end, throws std::logic_error.
class input_iterable {
  public:
    explicit input_iterable(std::initializer_list<int> values) : values_{values} {}
    input_iterable(input_iterable&&) = default;
    input_iterable& operator=(input_iterable&&) = default;

    class iterator {
      public:
        using value_type = int;
        using difference_type = std::ptrdiff_t;
        using iterator_concept = std::input_iterator_tag;

        explicit iterator(input_iterable& from) : from_{&from} {}
        iterator(iterator&&) = default;
        iterator& operator=(iterator&&) = default;

        int operator*() const {
            if (from_->at_ == from_->values_.size()) throw std::logic_error("input_iterable: read past the end");
            if (std::exchange(from_->read_, true)) throw std::logic_error("input_iterable: read twice");
            return from_->values_[from_->at_];
        }
        iterator& operator++() {
            if (from_->at_ == from_->values_.size()) throw std::logic_error("input_iterable: advanced past the end");
            return ++from_->at_, from_->read_ = false, *this;
        }
        void operator++(int) { ++*this; }
        bool operator==(std::default_sentinel_t) const { return from_->at_ == from_->values_.size(); }

      private:
        input_iterable* from_;
    };

    iterator begin() {
        if (std::exchange(begun_, true)) throw std::logic_error("input_iterable: begun twice");
        return iterator{*this};
    }
    std::default_sentinel_t end() const { return {}; }

  private:
    std::vector<int> values_;
    std::size_t at_ = 0;
    bool read_ = false;
    bool begun_ = false;
};

}  // namespace probes

template <>
struct std::hash<probes::tracked> {
    std::size_t operator()(probes::tracked const& probe) const noexcept { return std::hash<int>{}(probe.value); }
};
template <bool NothrowMove>
struct std::hash<probes::basic_throws_on_nth<NothrowMove>> {
    std::size_t operator()(probes::basic_throws_on_nth<NothrowMove> const& probe) const {
        return probes::countdown::step(), std::hash<int>{}(probe.value);
    }
};
template <>
struct std::hash<probes::move_only> {
    std::size_t operator()(probes::move_only const& probe) const noexcept { return std::hash<int>{}(probe.value); }
};

#endif
