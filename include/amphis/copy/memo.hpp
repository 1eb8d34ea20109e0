// SPDX-License-Identifier: MIT
// copy/memo: what deepcopy has copied so far, so that what is shared stays shared and what is cyclic ends.
#ifndef AMPHIS_COPY_MEMO_HPP
#define AMPHIS_COPY_MEMO_HPP

#include <amphis/config.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>

namespace amphis::inline v0 {
namespace detail::copying {

/// Tells types apart without RTTI.
template <class T>
inline constexpr char type_key = 0;

/// One object that was copied: where it was, where its copy is, and, for one that is shared, a pointer that owns the copy.
struct entry {
    void const* from = nullptr;
    void const* type = nullptr;
    void* to = nullptr;
    void (*destroy)(void*) = nullptr;
    alignas(void*) unsigned char owner[2 * sizeof(void*)];     // not written before there is one
    alignas(void*) unsigned char original[2 * sizeof(void*)];  // what owns *from, so that its address is not given to another object
    bool keeps_original = false;
};

/// A pointer to an object that may be copied later.
struct pending {
    void* place = nullptr;  // the pointer in the copy
    void const* to = nullptr;
    void const* type = nullptr;
    void (*resolve)(void* place, entry const& found) = nullptr;
};

/// A growing array whose elements stay where they are. The first 8 are in the object.
template <class T>
class stable_array {
public:
    stable_array() noexcept = default;
    stable_array(stable_array const&) = delete;
    stable_array& operator=(stable_array const&) = delete;
    ~stable_array() {
        for (std::size_t i = 0; i != chunks; ++i) delete[] more_[i];
    }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] T& operator[](std::size_t i) noexcept {
        if (i < first) return inline_[i];
        std::size_t const chunk = chunk_of(i);
        return more_[chunk][i - (first << chunk)];
    }
    T& push() {
        if (size_ >= first) {
            std::size_t const chunk = chunk_of(size_);
            if (more_[chunk] == nullptr) more_[chunk] = new T[first << chunk];
        }
        return (*this)[size_++];
    }
    void shrink(std::size_t size) noexcept { size_ = size; }

private:
    static constexpr std::size_t first = 8;
    static constexpr std::size_t chunks = 48;
    // Chunk k begins with element 8 << k, and holds as many as there are before it.
    static std::size_t chunk_of(std::size_t i) noexcept { return static_cast<std::size_t>(std::bit_width(i / first)) - 1; }

    T inline_[first];
    T* more_[chunks]{};
    std::size_t size_ = 0;
};

}  // namespace detail::copying

namespace copy {

/// What one deep copy has copied so far. Your deepcopy() gets it, and copies its parts with it.
///
///     struct Graph {
///         Graph deepcopy(copy::memo& memo) const { return Graph(memo(nodes_), name_); }
///
/// memo(x)   a deep copy of x, or what x was already copied to.
/// Cost      no allocation for up to 8 objects; then an index of 4 bytes for each.
/// Source    Lib/copy.py, the dict `memo` (CPython 3.11).
class memo {
public:
    memo() noexcept = default;
    memo(memo const&) = delete;
    memo& operator=(memo const&) = delete;
    ~memo() {
        for (std::size_t i = 0; i != entries_.size(); ++i) {
            detail::copying::entry& e = entries_[i];
            if (e.keeps_original) e.destroy(e.original);
            if (e.destroy != nullptr) e.destroy(e.owner);
        }
        delete[] index_;
    }

    /// A deep copy of `value`, which shares with everything copied with this memo.
    template <class T>
    [[nodiscard]] T operator()(T const& value);

    /// How many objects are remembered.
    [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }

    // ---- for deepcopy itself

    template <class T>
    [[nodiscard]] detail::copying::entry* find(T const* from) noexcept {
        return find(static_cast<void const*>(from), &detail::copying::type_key<std::remove_cv_t<T>>);
    }
    [[nodiscard]] detail::copying::entry* find(void const* from, void const* type) noexcept {
        if (index_ == nullptr) {
            for (std::size_t i = 0; i != entries_.size(); ++i) {
                if (entries_[i].from == from && entries_[i].type == type) return &entries_[i];
            }
            return nullptr;
        }
        for (std::size_t at = slot_of(from); index_[at] != 0; at = (at + 1) & (capacity_ - 1)) {
            detail::copying::entry& e = entries_[index_[at] - 1];
            if (e.from == from && e.type == type) return &e;
        }
        return nullptr;
    }

    /// Remember that *from was copied to *to.
    template <class T>
    detail::copying::entry& remember(T const* from, T* to) {
        if ((entries_.size() + 1) * 2 > capacity_ && entries_.size() >= 8) grow();
        detail::copying::entry& e = entries_.push();
        e.from = from;
        e.type = &detail::copying::type_key<std::remove_cv_t<T>>;
        e.to = const_cast<std::remove_cv_t<T>*>(to);
        if (index_ != nullptr) put(entries_.size());
        return e;
    }
    /// Remember that the object of `from` was copied to that of `made`.
    template <class P>
    void remember_owner(P const& from, P const& made) {
        using E = std::remove_cv_t<typename P::element_type>;
        own(remember<E>(from.get(), nullptr), from, made);
    }
    template <class P>
    void own(detail::copying::entry& e, P const& from, P const& made) {
        static_assert(sizeof(P) <= sizeof(detail::copying::entry::owner), "amphis: a shared pointer is two pointers at most");
        e.to = const_cast<std::remove_cv_t<typename P::element_type>*>(made.get());
        ::new (static_cast<void*>(e.owner)) P(made);
        e.destroy = [](void* place) { static_cast<P*>(place)->~P(); };
        if (!keeps_originals_) return;
        ::new (static_cast<void*>(e.original)) P(from);
        e.keeps_original = true;
    }
    /// What was copied may be gone before this memo: keep it, as Python's memo does.
    void keep_originals() noexcept { keeps_originals_ = true; }
    /// Somebody else has this memo, and may ask again for what has one owner.
    [[nodiscard]] bool keeps_originals() const noexcept { return keeps_originals_; }

    /// Look again when everything is copied.
    void expect(void* place, void const* to, void const* type, void (*resolve)(void*, detail::copying::entry const&)) {
        detail::copying::pending& p = pending_.push();
        p = {place, to, type, resolve};
    }

    /// What there was when a copy began.
    struct mark {
        std::size_t entries;
        std::size_t pending;
    };
    /// Between these, pointers in the copy keep their places. The outermost pair resolves those that point forward.
    mark enter(bool links) noexcept {
        ++depth_;
        links_ = links_ || links;
        return {entries_.size(), pending_.size()};
    }
    /// Whether a deepcopy() of somebody's class is running, which will move what it gets.
    [[nodiscard]] bool is_within_another() const noexcept { return depth_ != 0; }
    void leave() noexcept {
        if (--depth_ != 0) return;
        for (std::size_t i = 0; i != pending_.size(); ++i) {
            detail::copying::pending& p = pending_[i];
            if (detail::copying::entry* const found = find(p.to, p.type)) p.resolve(p.place, *found);
        }
        pending_.shrink(0);
    }
    /// After a failure: what was begun since is forgotten, because it is gone, even if the caller's deepcopy() goes on without it.
    void abandon(mark since) noexcept {
        --depth_;
        pending_.shrink(since.pending);
        for (std::size_t i = since.entries; i < entries_.size(); ++i) entries_[i].type = nullptr;
    }
    /// Whether something may point to objects that have one owner.
    [[nodiscard]] bool links() const noexcept { return links_; }

private:
    [[nodiscard]] std::size_t slot_of(void const* from) const noexcept {
        auto const bits = static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(from));
        return static_cast<std::size_t>((bits * 0x9E3779B97F4A7C15U) >> 32U) & (capacity_ - 1);
    }
    void put(std::size_t number) noexcept {
        std::size_t at = slot_of(entries_[number - 1].from);
        while (index_[at] != 0) at = (at + 1) & (capacity_ - 1);
        index_[at] = static_cast<std::uint32_t>(number);
    }
    AMPHIS_COLD void grow() {
        std::size_t const capacity = capacity_ == 0 ? 64 : 2 * capacity_;
        auto* const index = new std::uint32_t[capacity]{};
        delete[] index_;
        index_ = index;
        capacity_ = capacity;
        for (std::size_t i = 1; i <= entries_.size(); ++i) put(i);
    }

    detail::copying::stable_array<detail::copying::entry> entries_;
    detail::copying::stable_array<detail::copying::pending> pending_;
    std::uint32_t* index_ = nullptr;  // numbers of entries from 1 on, by open addressing; none for up to 8
    std::size_t capacity_ = 0;
    std::size_t depth_ = 0;
    bool links_ = false;
    bool keeps_originals_ = false;
};

}  // namespace copy
}  // namespace amphis::inline v0

#endif  // AMPHIS_COPY_MEMO_HPP
