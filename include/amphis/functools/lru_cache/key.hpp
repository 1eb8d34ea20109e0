// SPDX-License-Identifier: MIT
// lru_cache/key: the arguments of one call as a key, in three forms. A look-up refers to the arguments and owns nothing; a snapshot owns a
// copy for the time of one miss, because the function may change what the arguments refer to; the stored form lives in the cache.
#ifndef AMPHIS_FUNCTOOLS_LRU_CACHE_KEY_HPP
#define AMPHIS_FUNCTOOLS_LRU_CACHE_KEY_HPP

#include <amphis/config.hpp>
#include <amphis/detail/hash.hpp>
#include <amphis/detail/text.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>

namespace amphis::inline v0::detail {

/// A trivially copied value lives in the node itself; beyond 128 bytes a pointer to it does.
template <class T>
concept StoredInline = std::is_trivially_copy_constructible_v<T> && std::is_trivially_destructible_v<T> && sizeof(T) <= 128;

/// Comparing two of these runs no code but ours.
template <class D>
concept PlainKey = std::is_scalar_v<D> || TextKey<D>;

template <class D>
consteval bool compares_by_user_code() noexcept;
template <class D, std::size_t... I>
consteval bool parts_compare_by_user_code(std::index_sequence<I...>) noexcept {
    return (compares_by_user_code<std::remove_cvref_t<std::tuple_element_t<I, D>>>() || ... || false);
}
/// Somebody's operator== may call the cache again; that of numbers, text, and tuples and optionals of them does not.
template <class D>
consteval bool compares_by_user_code() noexcept {
    if constexpr (PlainKey<D>) {
        return false;
    } else if constexpr (TupleLike<D>) {
        return parts_compare_by_user_code<D>(std::make_index_sequence<std::tuple_size<D>::value>{});
    } else if constexpr (OptionalLike<D>) {
        return compares_by_user_code<typename D::value_type>();
    } else {
        return true;
    }
}

/// nan is nan: as in CPython for the one object math.nan, and without filling the cache with keys that can never be found.
template <class A, class B>
[[nodiscard]] constexpr bool same_key(A const& a, B const& b) {
    if constexpr (std::is_floating_point_v<A>) {
        return a == b || (a != a && b != b);
    } else {
        return static_cast<bool>(a == b);
    }
}

[[nodiscard]] inline bool same_key_text(chars a, chars b) noexcept {
    if (a.size != b.size) return false;
    std::size_t const n = a.size;
    // Two overlapping loads instead of a call to memcmp: str hit at 128 entries 11.2 -> 9.6 ns.
    if (n >= 8 && n <= 32) {
        std::uint64_t differ = (load64(a.data) ^ load64(b.data)) | (load64(a.data + n - 8) ^ load64(b.data + n - 8));
        if (n > 16) {
            differ |= (load64(a.data + 8) ^ load64(b.data + 8)) | (load64(a.data + n - 16) ^ load64(b.data + n - 16));
        }
        return differ == 0;
    }
    return n == 0 || std::memcmp(a.data, b.data, n) == 0;
}

// ---- text --------------------------------------------------------------------------------------------------------------------------

/// The arguments' characters, owned for the time of one miss; up to 64 bytes without the heap.
class text_snapshot {
public:
    explicit text_snapshot(chars from) : size_(from.size) {
        if (size_ > sizeof(local_)) heap_ = static_cast<char*>(::operator new(size_));
        if (size_ != 0) std::memcpy(heap_ != nullptr ? heap_ : local_, from.data, size_);
        capacity_ = heap_ != nullptr ? size_ : 0;
    }
    text_snapshot(text_snapshot const&) = delete;
    text_snapshot& operator=(text_snapshot const&) = delete;
    ~text_snapshot() { ::operator delete(heap_); }

    [[nodiscard]] chars view() const noexcept { return {heap_ != nullptr ? heap_ : local_, size_}; }

private:
    friend class stored_text;
    std::size_t size_;
    std::size_t capacity_ = 0;
    char* heap_ = nullptr;
    char local_[64];
};

/// Text as a key in a node: 16 characters in place, the heap beyond. Relocated by copying its bytes.
class stored_text {
public:
    stored_text() noexcept : local_{} {}

    [[nodiscard]] chars view() const noexcept { return {capacity_ != 0 ? heap_ : local_, size_}; }

    /// Does all that can fail of a later take(from).
    void prepare(text_snapshot& from) const {
        if (from.size_ > sizeof(local_) && !reuses(from.size_) && from.heap_ == nullptr) {
            from.heap_ = static_cast<char*>(::operator new(from.size_));
            std::memcpy(from.heap_, from.local_, from.size_);
            from.capacity_ = from.size_;
        }
    }
    /// Becomes the snapshot's text. A buffer that does not fit goes to the snapshot, to be freed where no lock is held.
    void take(text_snapshot& from) noexcept {
        if (reuses(from.size_)) {
            if (from.size_ != 0) std::memcpy(heap_, from.view().data, from.size_);
        } else {
            char* const old = capacity_ != 0 ? heap_ : nullptr;
            if (from.size_ <= sizeof(local_)) {
                if (from.size_ != 0) std::memcpy(local_, from.view().data, from.size_);
                capacity_ = 0;
                ::operator delete(from.heap_);  // null: what is this short was never there
            } else {
                heap_ = from.heap_;
                capacity_ = from.capacity_;
            }
            from.heap_ = old;
        }
        size_ = from.size_;
    }
    void release() noexcept {
        if (capacity_ != 0) ::operator delete(heap_);
    }

private:
    /// The buffer is there, is large enough, and not so large that a short text would waste it.
    [[nodiscard]] bool reuses(std::size_t size) const noexcept { return capacity_ >= size && capacity_ != 0 && (capacity_ <= 256 || capacity_ / 8 <= size); }

    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
    union {
        char local_[16];
        char* heap_;
    };
};

// ---- one argument --------------------------------------------------------------------------------------------------------------------

/// How one parameter of (decayed) type D takes part in a key: scalars and small trivial types.
template <class D>
struct key_part {
    static constexpr bool calls_back = compares_by_user_code<D>();
    static constexpr bool rehashes = std::is_scalar_v<D>;     // so cheap to hash that the hash is not kept
    using snapshot = D;
    using stored = D;

    template <class L>
    [[nodiscard]] static constexpr bool equal(stored const& a, L const& b) {
        return same_key(a, b);
    }
    template <class L>
    [[nodiscard]] static constexpr bool holds(snapshot const& a, L const& b) {
        return same_key(a, b);
    }
    [[nodiscard]] static constexpr std::uint64_t raw(D const& value) { return hash_raw(value); }
    static void prepare(stored const&, snapshot&) noexcept {}
    static void prepare_new(snapshot&) noexcept {}
    static void take(stored& to, snapshot& from) noexcept { ::new (static_cast<void*>(&to)) D(from); }
    static void release(stored&) noexcept {}
};

template <TextKey D>
struct key_part<D> {
    static constexpr bool calls_back = false;
    static constexpr bool rehashes = false;
    using snapshot = text_snapshot;
    using stored = stored_text;

    [[nodiscard]] static bool equal(stored const& a, chars b) noexcept { return same_key_text(a.view(), b); }
    [[nodiscard]] static bool equal(stored const& a, snapshot const& b) noexcept { return same_key_text(a.view(), b.view()); }
    [[nodiscard]] static bool holds(snapshot const& a, chars b) noexcept { return same_key_text(a.view(), b); }
    [[nodiscard]] static std::uint64_t raw(chars text) noexcept { return hash_bytes(text.data, text.size); }
    static void prepare(stored const& to, snapshot& from) { to.prepare(from); }
    static void prepare_new(snapshot& from) { stored().prepare(from); }
    static void take(stored& to, snapshot& from) noexcept { to.take(from); }
    static void release(stored& text) noexcept { text.release(); }
};

/// Owns a D; null after it was handed over.
template <class D>
class key_box {
public:
    explicit key_box(D const& value) : value_(new D(value)) {}
    key_box(key_box const&) = delete;
    key_box& operator=(key_box const&) = delete;
    ~key_box() { delete value_; }

    D* value_;
};

template <class D>
    requires(!StoredInline<D> && !TextKey<D>)
struct key_part<D> {
    static constexpr bool calls_back = compares_by_user_code<D>();
    static constexpr bool rehashes = false;
    using snapshot = key_box<D>;
    using stored = D*;

    [[nodiscard]] static bool equal(stored const& a, D const& b) { return same_key(*a, b); }
    [[nodiscard]] static bool equal(stored const& a, snapshot const& b) { return same_key(*a, *b.value_); }
    [[nodiscard]] static bool holds(snapshot const& a, D const& b) { return same_key(*a.value_, b); }
    [[nodiscard]] static std::uint64_t raw(D const& value) { return hash_raw(value); }
    static void prepare(stored const&, snapshot&) noexcept {}
    static void prepare_new(snapshot&) noexcept {}
    static void take(stored& to, snapshot& from) noexcept { std::swap(to, from.value_); }  // the old key dies with the snapshot
    static void release(stored& value) noexcept { delete value; }
};

/// A reference to an argument of the right type, or the argument converted.
template <class D, class A>
[[nodiscard]] constexpr decltype(auto) look_at(A& argument) {
    using Bare = std::remove_cvref_t<A>;
    if constexpr (TextKey<D>) {
        if constexpr (std::is_array_v<Bare> && requires { chars(static_cast<char const*>(argument)); }) {
            return chars(static_cast<char const*>(argument));  // a literal ends at its first zero, as in std::string(literal)
        } else if constexpr (TextKey<Bare>) {
            return key_chars(argument);
        } else {
            return D(argument);
        }
    } else if constexpr (std::is_same_v<Bare, D> && !std::is_scalar_v<D>) {
        return static_cast<D const&>(argument);
    } else {
        return static_cast<D>(argument);
    }
}

template <class D, class L>
[[nodiscard]] constexpr decltype(auto) as_look_up(L const& value) noexcept {
    if constexpr (TextKey<D> && !std::is_same_v<L, chars>) {
        return key_chars(value);
    } else {
        return (value);
    }
}

// ---- all arguments -------------------------------------------------------------------------------------------------------------------

template <std::size_t I, class T>
struct key_leaf {
    T value;
};

template <class Index, class... T>
struct key_leaves;
template <std::size_t... I, class... T>
struct key_leaves<std::index_sequence<I...>, T...> : key_leaf<I, T>... {};

template <std::size_t I, class T>
[[nodiscard]] constexpr T& part(key_leaf<I, T>& leaf) noexcept {
    return leaf.value;
}
template <std::size_t I, class T>
[[nodiscard]] constexpr T const& part(key_leaf<I, T> const& leaf) noexcept {
    return leaf.value;
}

/// The key of a call with parameters of the decayed types D...
template <class... D>
struct call_key {
    using index = std::index_sequence_for<D...>;
    using stored = key_leaves<index, typename key_part<D>::stored...>;
    using snapshot = key_leaves<index, typename key_part<D>::snapshot...>;

    static constexpr bool calls_back = (key_part<D>::calls_back || ...);
    static constexpr bool rehashes = (key_part<D>::rehashes && ...);
    static constexpr bool trivial = (StoredInline<typename key_part<D>::snapshot> && ...) && !(TextKey<D> || ...);

    /// The hash of a key, from its parts' raw hashes: one multiplication a part.
    [[nodiscard]] static constexpr std::uint32_t mix() noexcept { return 0; }
    template <class... Raw>
    [[nodiscard]] static constexpr std::uint32_t mix(std::uint64_t first, Raw... rest) noexcept {
        std::uint64_t sum = fold_multiply(first, hash_k0);
        ((sum = fold_multiply(sum ^ rest ^ hash_k1, hash_k0)), ...);
        return static_cast<std::uint32_t>(sum >> 32U);
    }
    template <class... L>
    [[nodiscard]] static constexpr std::uint32_t hash(L const&... look_up) {
        return mix(key_part<D>::raw(as_look_up<D>(look_up))...);
    }
    [[nodiscard]] static std::uint32_t hash_stored(stored const& key) noexcept
        requires rehashes
    {
        return [&]<std::size_t... I>(std::index_sequence<I...>) { return mix(key_part<D>::raw(part<I>(key))...); }(index{});
    }

    template <class... L>
    [[nodiscard]] static constexpr bool equal(stored const& key, L const&... look_up) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            return (key_part<D>::equal(part<I>(key), as_look_up<D>(look_up)) && ...);
        }(index{});
    }
    [[nodiscard]] static constexpr bool equal_snapshot(stored const& key, snapshot const& other) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            return (key_part<D>::equal(part<I>(key), part<I>(other)) && ...);
        }(index{});
    }

    template <class... L>
    [[nodiscard]] static constexpr bool equal_to_snapshot(snapshot const& key, L const&... look_up) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            return (key_part<D>::holds(part<I>(key), as_look_up<D>(look_up)) && ...);
        }(index{});
    }

    template <class... L>
    [[nodiscard]] static snapshot take_snapshot(L const&... look_up) {
        return snapshot{{typename key_part<D>::snapshot(as_look_up<D>(look_up))}...};
    }
    /// Does all of a later take() that can fail: for an entry that has a key, and for a new one.
    static void prepare(stored const& to, snapshot& from) {
        [&]<std::size_t... I>(std::index_sequence<I...>) { (key_part<D>::prepare(part<I>(to), part<I>(from)), ...); }(index{});
    }
    static void prepare_new(snapshot& from) {
        [&]<std::size_t... I>(std::index_sequence<I...>) { (key_part<D>::prepare_new(part<I>(from)), ...); }(index{});
    }
    /// The snapshot becomes the entry's key; what the entry had and must be freed is the snapshot's then.
    static void take(stored& to, snapshot& from) noexcept {
        [&]<std::size_t... I>(std::index_sequence<I...>) { (key_part<D>::take(part<I>(to), part<I>(from)), ...); }(index{});
    }
    static void release(stored& key) noexcept {
        [&]<std::size_t... I>(std::index_sequence<I...>) { (key_part<D>::release(part<I>(key)), ...); }(index{});
    }
};

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_FUNCTOOLS_LRU_CACHE_KEY_HPP
