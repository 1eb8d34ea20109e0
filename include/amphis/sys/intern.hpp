// SPDX-License-Identifier: MIT
// sys/intern: one copy of each text, so that to compare two is to compare two addresses.
// Python: docs.python.org/3/library/sys.html#sys.intern
//
//     auto a = sys::intern("color");                  // 8 bytes
//     auto b = sys::intern(std::string("color"));
//     a == b;                                         // True, by one comparison of pointers
//     a.data() == b.data();                           // True: a is b
#ifndef AMPHIS_SYS_INTERN_HPP
#define AMPHIS_SYS_INTERN_HPP

#include <amphis/config.hpp>
#include <amphis/detail/hash.hpp>
#include <amphis/detail/lock.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <string_view>
#include <type_traits>

#if __has_include(<sys/single_threaded.h>)
#include <sys/single_threaded.h>
#endif

namespace amphis::inline v0 {
namespace detail::interning {

/// While the program has no other thread, as the C library knows: no atomic instruction then, and a hit takes 8 ns in place of 20.
[[nodiscard]] inline bool alone() noexcept {
#if __has_include(<sys/single_threaded.h>)
    return __libc_single_threaded != 0;
#else
    return false;
#endif
}

/// What stands before the characters of an interned text, which a NUL ends.
struct head {
    std::size_t count;
    std::uint64_t hash;
    std::size_t size;

    [[nodiscard]] char const* data() const noexcept { return reinterpret_cast<char const*>(this + 1); }
    void take() noexcept {
        if (alone()) {
            ++count;
        } else {
            __atomic_fetch_add(&count, 1U, __ATOMIC_RELAXED);
        }
    }
};

class [[nodiscard]] guard {
public:
    explicit guard(lock& of) noexcept : lock_(alone() ? nullptr : &of) {
        if (lock_ != nullptr) lock_->acquire();
    }
    guard(guard const&) = delete;
    guard& operator=(guard const&) = delete;
    ~guard() {
        if (lock_ != nullptr) lock_->release();
    }

private:
    lock* lock_;
};

/// Texts by their hash: open addressing, linear probing. A part of all texts each, so that threads rarely meet. Never destroyed: static
/// variables may let go of texts after it. What it has is reachable to the end, so it is no leak to those who look for leaks.
class alignas(64) shard {
public:
    [[nodiscard]] head* intern(chars text, std::uint64_t hash) {
        guard const mine(lock_);
        if (slots_ != nullptr) {
            for (std::size_t i = hash & mask_; slots_[i].text != nullptr; i = (i + 1) & mask_) {
                head* const one = slots_[i].text;
                if (slots_[i].hash != hash || one->size != text.size || std::memcmp(one->data(), text.data, text.size) != 0) continue;
                one->take();
                return one;
            }
        }
        return add(text, hash);
    }

    /// The text loses a use which may be the last: only here, where nobody can find it meanwhile.
    void drop(head* text) noexcept {
        {
            guard const mine(lock_);
            if (__atomic_sub_fetch(&text->count, 1U, __ATOMIC_ACQ_REL) != 0) return;
            remove(text);
        }
        ::operator delete(text);
    }

    [[nodiscard]] std::size_t size() noexcept {
        guard const mine(lock_);
        return used_;
    }

private:
    struct slot {
        std::uint64_t hash;
        head* text;
    };
    static constexpr std::size_t fewest = 8;

    AMPHIS_NOINLINE head* add(chars text, std::uint64_t hash) {
        if (slots_ == nullptr || 4 * (used_ + 1) > 3 * (mask_ + 1)) resize(slots_ == nullptr ? fewest : 2 * (mask_ + 1));
        if (text.size > static_cast<std::size_t>(-1) / 2) throw std::bad_alloc();
        void* const memory = ::operator new(sizeof(head) + text.size + 1);
        head* const made = ::new (memory) head{1, hash, text.size};
        auto* const characters = static_cast<char*>(memory) + sizeof(head);
        std::memcpy(characters, text.data, text.size);
        characters[text.size] = '\0';
        put(made);
        ++used_;
        return made;
    }
    void put(head* text) noexcept {
        std::size_t i = text->hash & mask_;
        while (slots_[i].text != nullptr) i = (i + 1) & mask_;
        slots_[i] = {text->hash, text};
    }
    void remove(head* text) noexcept {
        std::size_t hole = text->hash & mask_;
        while (slots_[hole].text != text) hole = (hole + 1) & mask_;
        // Those after it that the hole cuts off from where they should be move up.
        for (std::size_t i = (hole + 1) & mask_; slots_[i].text != nullptr; i = (i + 1) & mask_) {
            if (((i - slots_[i].hash) & mask_) < ((i - hole) & mask_)) continue;
            slots_[hole] = slots_[i];
            hole = i;
        }
        slots_[hole].text = nullptr;
        --used_;
        if (mask_ + 1 > fewest && 8 * used_ < mask_ + 1) shrink();
    }
    AMPHIS_NOINLINE void resize(std::size_t capacity) {
        auto* const wider = static_cast<slot*>(::operator new(capacity * sizeof(slot)));
        for (std::size_t i = 0; i != capacity; ++i) ::new (wider + i) slot{0, nullptr};
        slot* const before = slots_;
        std::size_t const n = before == nullptr ? 0 : mask_ + 1;
        slots_ = wider;
        mask_ = capacity - 1;
        for (std::size_t i = 0; i != n; ++i) {
            if (before[i].text != nullptr) put(before[i].text);
        }
        ::operator delete(before);
    }
    AMPHIS_NOINLINE void shrink() noexcept {
        try {
            resize((mask_ + 1) / 2);
        } catch (std::bad_alloc const&) {  // then it stays as large
        }
    }

    lock lock_;
    slot* slots_ = nullptr;
    std::size_t mask_ = 0;
    std::size_t used_ = 0;
};

/// All texts of the program: visible, so that the shared libraries of a program have one.
struct table {
    static constexpr std::size_t shards = 32;
    shard all[shards];

    [[nodiscard]] shard& of(std::uint64_t hash) noexcept { return all[hash >> 59U]; }
    [[nodiscard]] std::size_t size() noexcept {
        std::size_t n = 0;
        for (shard& one : all) n += one.size();
        return n;
    }
};
AMPHIS_VISIBLE inline constinit table texts{};

inline void take(head* text) noexcept {
    if (text != nullptr) text->take();
}
AMPHIS_NOINLINE inline void drop_last(head* text) noexcept { texts.of(text->hash).drop(text); }
inline void drop(head* text) noexcept {
    if (text == nullptr) return;
    std::size_t count = __atomic_load_n(&text->count, __ATOMIC_RELAXED);
    if (alone() && count > 1) {
        --text->count;
        return;
    }
    while (count > 1) {
        if (__atomic_compare_exchange_n(&text->count, &count, count - 1, true, __ATOMIC_RELEASE, __ATOMIC_RELAXED)) return;
    }
    drop_last(text);
}

struct intern_fn;

}  // namespace detail::interning

namespace sys {

/// A text that sys::intern() gave: one of all that are equal. It reads as a string, and copies as a pointer.
///
///     sys::interned name = sys::intern("color");
///     std::string_view text = name;
///     std::unordered_map<sys::interned, int> table;         // no key is hashed or compared by its characters
///
/// Returns   from hash(): the hash of the text, as of any string.
/// Costs     8 bytes. `==` compares pointers; a copy and its end are two atomic additions; `<` compares the characters.
/// Threads   may be copied, compared and destroyed on any thread.
/// Differs   from Python, where it is a str: it cannot be changed there either. `==` with any other text compares the characters.
class interned {
public:
    using gc_leaf = void;

    /// The empty text.
    constexpr interned() noexcept = default;
    interned(interned const& other) noexcept : text_(other.text_) { detail::interning::take(text_); }
    constexpr interned(interned&& other) noexcept : text_(other.text_) { other.text_ = nullptr; }
    ~interned() { detail::interning::drop(text_); }
    interned& operator=(interned other) noexcept {
        swap(other);
        return *this;
    }
    void swap(interned& other) noexcept {
        detail::interning::head* const before = text_;
        text_ = other.text_;
        other.text_ = before;
    }
    friend void swap(interned& a, interned& b) noexcept { a.swap(b); }

    /// The characters, ended by NUL; for as long as there is an `interned` of this text. The same address for all of one text.
    [[nodiscard]] char const* data() const noexcept AMPHIS_LIFETIMEBOUND { return text_ != nullptr ? text_->data() : ""; }
    [[nodiscard]] char const* c_str() const noexcept AMPHIS_LIFETIMEBOUND { return data(); }
    /// In bytes.
    [[nodiscard]] std::size_t size() const noexcept { return text_ != nullptr ? text_->size : 0; }
    [[nodiscard]] bool empty() const noexcept { return text_ == nullptr; }
    [[nodiscard]] std::string_view view() const noexcept AMPHIS_LIFETIMEBOUND { return {data(), size()}; }
    [[nodiscard]] operator std::string_view() const noexcept AMPHIS_LIFETIMEBOUND { return view(); }  // NOLINT(google-explicit-constructor)
    [[nodiscard]] std::uint64_t hash() const noexcept { return text_ != nullptr ? text_->hash : detail::hash_bytes("", 0); }

    [[nodiscard]] friend bool operator==(interned const& a, interned const& b) noexcept { return a.text_ == b.text_; }
    [[nodiscard]] friend bool operator==(interned const& a, std::string_view b) noexcept { return a.view() == b; }
    [[nodiscard]] friend std::strong_ordering operator<=>(interned const& a, interned const& b) noexcept {
        return a.text_ == b.text_ ? std::strong_ordering::equal : a.view() <=> b.view();
    }
    [[nodiscard]] friend std::strong_ordering operator<=>(interned const& a, std::string_view b) noexcept { return a.view() <=> b; }

private:
    friend detail::interning::intern_fn;
    explicit interned(detail::interning::head* taken) noexcept : text_(taken) {}

    detail::interning::head* text_ = nullptr;  // null is the empty text
};

}  // namespace sys
namespace detail::interning {

struct intern_fn {
    /// It is the one already.
    [[nodiscard]] amphis::sys::interned operator()(amphis::sys::interned text) const noexcept { return text; }
    template <class T>
    [[nodiscard]] amphis::sys::interned operator()(T const& text) const {
        if constexpr (CharsLike<T>) {
            return of({static_cast<char const*>(text.data()), static_cast<std::size_t>(text.size())});
        } else {
            constexpr bool c_string = std::is_convertible_v<T const&, char const*> && !std::is_null_pointer_v<T>;
            static_assert(c_string, "amphis: intern() argument must be str: a string of char, or anything with data() and size()");
            if constexpr (c_string) {
                char const* const characters = text;
                if (characters == nullptr) throw_<TypeError>("intern() argument must be str, not None");
                return of(chars(characters));
            } else {
                return {};
            }
        }
    }

private:
    AMPHIS_NOINLINE static amphis::sys::interned of(chars text) {
        if (text.size == 0) return {};
        std::uint64_t const hash = hash_bytes(text.data, text.size);
        return amphis::sys::interned(texts.of(hash).intern(text, hash));
    }
};

}  // namespace detail::interning
namespace sys {

/// The one copy of a text. Texts that come again and again, keys, names of columns, are stored once and compared in one instruction.
///
///     auto a = sys::intern(line.substr(0, 5));
///     if (a == color) ...                            // compares two addresses
///
/// text      a string of char, or anything with data() and size(); it is copied when it is new.
/// Returns   an `interned`. The copy goes when the last one goes, as a str that nobody refers to; interned again, it may have another address.
/// Raises    TypeError for a null pointer; std::bad_alloc.
/// Costs     one hash, a lock and a look into a table; 24 bytes beside the characters, and 16 to 43 in the table.
/// Threads   safe to call concurrently; all threads of a program share one table of 32 parts, each with a lock of its own.
/// Differs   what is not text does not compile. CPython also interns names and constants of its own accord; here a literal is a literal.
/// Source    docs.python.org/3/library/sys.html#sys.intern; Objects/unicodeobject.c, PyUnicode_InternInPlace (CPython 3.11)
inline constexpr detail::interning::intern_fn intern{};

}  // namespace sys
}  // namespace amphis::inline v0

template <>
struct std::hash<amphis::sys::interned> {
    [[nodiscard]] std::size_t operator()(amphis::sys::interned const& text) const noexcept { return static_cast<std::size_t>(text.hash()); }
};

#endif  // AMPHIS_SYS_INTERN_HPP
