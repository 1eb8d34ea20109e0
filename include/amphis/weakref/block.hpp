// SPDX-License-Identifier: MIT
// weakref/block: what a weak reference points to. Blocks are counted; those of an object are in a list that its heap knows.
#ifndef AMPHIS_WEAKREF_BLOCK_HPP
#define AMPHIS_WEAKREF_BLOCK_HPP

#include <amphis/config.hpp>
#include <amphis/detail/hash.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/gc/heap.hpp>
#include <amphis/gc/ptr.hpp>
#include <amphis/gc/weak.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <type_traits>

namespace amphis::inline v0::detail::weakrefs {

using gc::weak_block;

struct block : weak_block {
    std::uint64_t hash = 0;
    bool hashed = false;
    bool is_ref = false;  // one that getweakrefs() gives: not of a container, nor of finalize
};

/// A block without a callback, which all weak references to an object share.
struct plain_block : block {
    plain_block() noexcept {
        is_ref = true;
        destroy = [](weak_block* self) noexcept { delete static_cast<plain_block*>(self); };
    }
};

[[nodiscard]] inline gc::heap& heap_of(void const* object) noexcept { return *gc::slab_of(object)->owner; }

/// The object, unless it is on its way out.
[[nodiscard]] inline void* live(weak_block const* b) noexcept {
    if (b == nullptr || b->object == nullptr || (gc::header_of(b->object)->meta & gc::dead) != 0) return nullptr;
    return b->object;
}
inline void use(weak_block* b) noexcept {
    if (b == nullptr) return;
#if AMPHIS_GC_CHECK_THREAD
    if (b->object != nullptr) gc::check_thread(b->object);
#endif
    ++b->uses;
}
AMPHIS_NOINLINE inline void unused(weak_block* b) noexcept {
    if (b->object != nullptr) {
        heap_of(b->object).remove_weak(b);
    } else {
        b->destroy(b);
    }
}
inline void release(weak_block* b) noexcept {
    if (b != nullptr && --b->uses == 0) unused(b);
}
/// It is in the list of its object no more, and its callback will not be called.
inline void unlink(weak_block* b) noexcept {
    if (b->object != nullptr) heap_of(b->object).unlink_weak(b);
}

AMPHIS_COLD inline void no_object() { throw TypeError("cannot create weak reference to 'NoneType' object"); }

/// The block of the object that has no callback, with a use more.
inline weak_block* share_plain(void* object) {
    if (object == nullptr) no_object();
    gc::check_thread(object);
    gc::heap& heap = heap_of(object);
    if ((gc::header_of(object)->meta & gc::has_weak) != 0) {
        weak_block* const first = heap.weak.find(object);
        if (first != nullptr && first->call == nullptr) {
            ++first->uses;
            return first;
        }
    }
    auto* const made = new plain_block();
    try {
        heap.add_weak(object, made);
    } catch (...) {
        delete made;
        throw;
    }
    return made;
}

/// Puts a new block, with one use, on the list of the object. Raises std::bad_alloc; then the block is gone.
template <class Block>
Block* attach(void* object, Block* made) {
    try {
        if (object == nullptr) no_object();
        gc::check_thread(object);
        heap_of(object).add_weak(object, made);
    } catch (...) {
        made->destroy(made);
        throw;
    }
    return made;
}

/// <weakref at 0x7f2a1c010048; to 'Node' at 0x7f2a1c020010>
inline void describe(text& out, chars what, void const* self, weak_block const* b) {
    char at[48];
    out.push_back('<');
    out.append(what);
    int n = std::snprintf(at, sizeof(at), " at %p; ", self);
    out.append(at, static_cast<std::size_t>(n));
    void* const object = live(b);
    if (object == nullptr) {
        out.append(chars("dead>"));
        return;
    }
    out.append(chars("to '"));
    out.append(gc::type_at(gc::header_of(object)->meta).name);
    n = std::snprintf(at, sizeof(at), "' at %p>", object);
    out.append(at, static_cast<std::size_t>(n));
}

// ---- objects as values -----------------------------------------------------------------------------------------------

/// Python's `==` of two objects: by value if the class has an operator==, else whether they are the same object.
template <class T>
concept ByValue = !std::is_void_v<T> && requires(T const& a) { { a == a } -> std::convertible_to<bool>; };

/// A pointer that was given, for as long as the user's operator== may run, which could drop it.
template <class T>
using kept = std::conditional_t<ByValue<T>, amphis::gc::ptr<T> const, amphis::gc::ptr<T> const&>;

/// An object without == is hashed by where it is.
template <class T>
concept HashableObject = !ByValue<T> || Hashable<T>;

template <class T>
[[nodiscard]] bool same_value(void* a, void* b) {
    if (a == b) return true;
    if constexpr (ByValue<T>) {
        auto const first = gc::access::share<T const>(a);
        auto const second = gc::access::share<T const>(b);
        return static_cast<bool>(*first == *second);
    } else {
        return false;
    }
}
template <class T>
[[nodiscard]] std::uint64_t hash_of_object(void* object) {
    if constexpr (ByValue<T>) {
        static_assert(HashableObject<T>,
                      "amphis: unhashable type: an object whose class has == is a key by its value: give the class a member hash(), a free function hash(T const&) or "
                      "a std::hash; of a class without ==, the object itself is the key");
        return hash32(*static_cast<T const*>(object));
    } else {
        return fold_multiply(reinterpret_cast<std::uintptr_t>(object) >> 3U, hash_k0) >> 32U;
    }
}
/// The hash of its object, which is remembered: it does not change when the object goes.
template <class T>
[[nodiscard]] std::uint64_t hash_of_block(weak_block* b) {
    auto* const self = static_cast<block*>(b);
    if (self != nullptr && self->hashed) return self->hash;
    void* const object = live(b);
    if (object == nullptr) throw TypeError("weak object has gone away");
    auto const keep = gc::access::share<void>(object);
    self->hash = weakrefs::hash_of_object<T>(object);
    self->hashed = true;
    return self->hash;
}

}  // namespace amphis::inline v0::detail::weakrefs

#endif  // AMPHIS_WEAKREF_BLOCK_HPP
