// SPDX-License-Identifier: MIT
// itertools/tee: several iterators from one.  Python: docs.python.org/3/library/itertools.html#itertools.tee
#ifndef AMPHIS_ITERTOOLS_TEE_HPP
#define AMPHIS_ITERTOOLS_TEE_HPP

#include <amphis/detail/dynamic_tuple.hpp>
#include <amphis/itertools/single_pass.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace amphis::inline v0 {
namespace detail::itertools {

/// The source that the iterators of one tee share, and the queue of what it gave: blocks, each of which keeps those after it. An
/// iterator keeps the block it stands in, so that what all have read goes away.
template <class S>
class tee_source {
public:
    using item = value_of<S>;
    static constexpr std::size_t block_size = 57;  // elements, as in CPython

    class block {
    public:
        explicit block(tee_source& from) noexcept : from_(&from) { from.retain(); }
        block(block const&) = delete;
        block& operator=(block const&) = delete;

        [[nodiscard]] std::size_t size() const noexcept { return size_; }
        [[nodiscard]] item const* first() const noexcept { return __builtin_addressof(cells_[0].value); }
        [[nodiscard]] tee_source& from() const noexcept { return *from_; }

        /// One more element from the source; false at its end.
        bool extend() {
            tee_source& from = *from_;
            if (!from.pull()) return false;
            ::new (static_cast<void*>(__builtin_addressof(cells_[size_].value))) item(take_value<S>(*from.cursor_));
            ++size_;
            return true;
        }
        /// The block after this full one.
        [[nodiscard]] block* next() {
            if (next_ == nullptr) next_ = new block(*from_);
            return next_;
        }

        block* retain() noexcept {
            ++owners_;
            return this;
        }
        /// A long queue goes away in a loop, not by recursion.
        static void release(block* at) noexcept {
            while (at != nullptr && --at->owners_ == 0) {
                block* const after = at->next_;
                at->from_->release();
                delete at;
                at = after;
            }
        }

    private:
        union cell {
            item value;
            cell() noexcept {}
            ~cell() {}
        };
        ~block() {
            for (std::size_t i = 0; i != size_; ++i) cells_[i].value.~item();
        }

        tee_source* from_;
        block* next_ = nullptr;
        std::size_t owners_ = 1;
        std::size_t size_ = 0;
        cell cells_[block_size];
    };

    explicit tee_source(S&& source) : source_(static_cast<S&&>(source)) {}
    tee_source(tee_source const&) = delete;
    tee_source& operator=(tee_source const&) = delete;

    void retain() noexcept { ++owners_; }
    void release() noexcept {
        if (--owners_ == 0) delete this;
    }

private:
    ~tee_source() = default;

    struct running_guard {
        bool& running;
        ~running_guard() { running = false; }
    };
    bool pull() {
        if (running_) [[unlikely]]
            throw_<RuntimeError>("cannot re-enter the tee iterator");
        running_ = true;
        running_guard const guard{running_};
        return cursor_.pull(source_);
    }
    S source_;
    cursor<S> cursor_;
    std::size_t owners_ = 0;
    bool running_ = false;
};

/// One of the iterators of a tee. A copy goes on from the same place, on its own.
template <class S>
class tee_iterator : public view_base<tee_iterator<S>> {
    using source = tee_source<S>;
    using block = typename source::block;
    using item = typename source::item;

public:
    class iterator : public iterator_base<iterator, std::input_iterator_tag, item, item const&> {
    public:
        explicit iterator(tee_iterator& tee) : tee_(&tee), more_(tee.pull()) {}
        iterator(iterator&&) noexcept = default;
        iterator& operator=(iterator&&) noexcept = default;
        ~iterator() = default;

        [[nodiscard]] item const& operator*() const noexcept { return tee_->get(); }
        void step() { more_ = tee_->pull(); }
        [[nodiscard]] friend bool operator==(iterator const& it, std::default_sentinel_t) noexcept { return !it.more_; }

    private:
        tee_iterator* tee_;
        bool more_;
    };

    explicit tee_iterator(S&& from) {
        auto* const shared = new source(static_cast<S&&>(from));
        shared->retain();  // goes with it, should there be no memory for the block
        struct owner {
            source* shared;
            ~owner() { shared->release(); }
        } const guard{shared};
        block_ = new block(*shared);
        next_ = last_ = block_->first();
    }
    tee_iterator(tee_iterator const& other) noexcept
        : view_base<tee_iterator>(other), block_(other.block_ != nullptr ? other.block_->retain() : nullptr), next_(other.next_), last_(other.last_) {}
    tee_iterator(tee_iterator&& other) noexcept
        : view_base<tee_iterator>(other),
          block_(std::exchange(other.block_, nullptr)),
          next_(std::exchange(other.next_, nullptr)),
          last_(std::exchange(other.last_, nullptr)) {}
    tee_iterator& operator=(tee_iterator other) noexcept {
        std::swap(block_, other.block_);
        std::swap(next_, other.next_);
        std::swap(last_, other.last_);
        return *this;
    }
    ~tee_iterator() { block::release(block_); }

    [[nodiscard]] iterator begin() { return iterator(*this); }
    [[nodiscard]] static std::default_sentinel_t end() noexcept { return {}; }

    /// The next element.
    ///
    /// Raises    StopIteration at the end, and from then on.
    item next() {
        if (!pull()) throw StopIteration();
        return get();
    }
    /// The next element, or `fallback` at the end.
    template <class Fallback>
    [[nodiscard]] item next(Fallback&& fallback) {
        if (!pull()) return static_cast<item>(static_cast<Fallback&&>(fallback));
        return get();
    }

private:
    bool pull() {
        if (next_ == last_ && !find_more()) return false;
        ++next_;
        return true;
    }
    /// What the others have read since, or a new element.
    AMPHIS_NOINLINE bool find_more() {
        if (block_ == nullptr) return false;  // moved from
        if (next_ == block_->first() + source::block_size) {
            block* const after = block_->next()->retain();
            block::release(std::exchange(block_, after));
            next_ = block_->first();
        }
        last_ = block_->first() + block_->size();
        if (next_ != last_) return true;
        if (!block_->extend()) return false;
        ++last_;
        return true;
    }
    [[nodiscard]] item const& get() const noexcept { return *(next_ - 1); }

    block* block_ = nullptr;
    item const* next_ = nullptr;  // the next element in the block
    item const* last_ = nullptr;  // the end of what is known to be there
};

template <class T>
inline constexpr bool is_tee = false;
template <class S>
inline constexpr bool is_tee<tee_iterator<S>> = true;

struct tee_fn {
    template <class R>
    [[nodiscard]] auto operator()(R&& iterable) const {
        return fixed<2>(static_cast<R&&>(iterable));
    }
    template <class R, class N>
        requires(!Kwarg<N>)
    [[nodiscard]] auto operator()(R&& iterable, N n) const {
        if constexpr (ConstantArgument<N>) {
            static_assert(N::value >= 0, "amphis: tee: n must be >= 0");
            return fixed<static_cast<std::size_t>(N::value)>(static_cast<R&&>(iterable));
        } else {
            static_assert(IntegerArgument<N>, "amphis: tee: n must be an integer");
            std::ptrdiff_t const count = as_count(n);
            if (count < 0) throw_<ValueError>("n must be >= 0");
            using T = tee_of<R>;
            std::vector<T> all;
            all.reserve(static_cast<std::size_t>(count));
            if (count != 0) all.push_back(first(static_cast<R&&>(iterable)));
            while (all.size() < static_cast<std::size_t>(count)) all.push_back(all.front());
            return all;
        }
    }
    template <class R, class N>
    [[nodiscard]] auto operator()(R&& iterable, kwarg<"n", N> n) const {
        return (*this)(static_cast<R&&>(iterable), std::decay_t<N>(n.value));
    }

private:
    template <class R>
    static auto first(R&& iterable) {
        if constexpr (assert_iterable<R>()) {
            if constexpr (is_tee<std::remove_cvref_t<R>>) {
                return std::remove_cvref_t<R>(static_cast<R&&>(iterable));  // it can be copied as it is
            } else {
                return tee_iterator<source_of<R>>(hold(static_cast<R&&>(iterable)));
            }
        }
    }
    template <class R>
    using tee_of = decltype(first(std::declval<R>()));

    template <std::size_t N, class R>
    static auto fixed(R&& iterable) {
        if constexpr (N == 0) {
            return std::array<tee_of<R>, 0>{};
        } else {
            auto one = first(static_cast<R&&>(iterable));
            return [&one]<std::size_t... I>(std::index_sequence<I...>) {
                return std::array<tee_of<R>, N>{(static_cast<void>(I), one)...};
            }(std::make_index_sequence<N>{});
        }
    }
};

}  // namespace detail::itertools

namespace itertools {

/// `n` iterators over one iterable, which is read once.
///
///     auto [a, b] = itertools::tee(generator());
///     auto all = itertools::tee(source, 5);             // a std::vector of 5
///
/// iterable  an lvalue is referred to, an rvalue moved in. Nobody else should read it from now on: what they take, the iterators miss. Of one of
///           tee's own iterators, copies are made.
/// n         how many; a std::array of 2 without it, a std::array too if it is a std::integral_constant.
/// Returns   iterators that stand at the beginning. Each is a single-pass view; a copy of one goes on from where it stands, on its own.
/// Raises    ValueError: n must be >= 0; RuntimeError: cannot re-enter the tee iterator, from a source that reads what it is asked for.
/// Cost      one element is kept from when the first iterator reads it to when the last one does, in blocks of 57.
/// Threads   not safe: all iterators of a tee belong to one thread.
/// Differs   the first of tee(a), where `a` is one of tee's, is a copy of `a`; in CPython it is `a` itself.
/// Source    Modules/itertoolsmodule.c, tee_next (CPython 3.11).
inline constexpr detail::itertools::tee_fn tee{};

}  // namespace itertools
}  // namespace amphis::inline v0

// What one reads, the others read too.
template <class S>
inline constexpr bool amphis::detail::gives_away<amphis::detail::itertools::tee_iterator<S>> = false;
template <class S>
inline constexpr bool amphis::detail::gives_away<amphis::detail::referenced<amphis::detail::itertools::tee_iterator<S>>> = false;

#endif  // AMPHIS_ITERTOOLS_TEE_HPP
