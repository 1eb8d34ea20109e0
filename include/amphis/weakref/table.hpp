// SPDX-License-Identifier: MIT
// weakref/table: what the weak containers are made of: entries in the order of their making, found by hash, each of which is a weak reference
// and takes itself out when its object goes.
#ifndef AMPHIS_WEAKREF_TABLE_HPP
#define AMPHIS_WEAKREF_TABLE_HPP

#include <amphis/config.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/gc/heap.hpp>
#include <amphis/gc/ptr.hpp>
#include <amphis/gc/traverse.hpp>
#include <amphis/weakref/block.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <new>
#include <type_traits>
#include <utility>

namespace amphis::inline v0::detail::weakrefs {

class table;

struct entry : block {
    table* owner = nullptr;  // null once it was taken out
    entry* before = nullptr;
    entry* after = nullptr;
};

/// Owned by the container and by whoever reads it: its iterators, and each of its operations, since these call the user's code, which may
/// replace the container. While somebody reads, entries that are taken out stay in the list.
class table {
public:
    table() noexcept = default;
    table(table const&) = delete;
    table& operator=(table const&) = delete;

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] entry* first() const noexcept { return first_; }
    [[nodiscard]] entry* last() const noexcept { return last_; }
    /// Changes whenever an entry comes or goes.
    [[nodiscard]] std::size_t version() const noexcept { return version_; }
    /// The container let go of it: nothing may be put in any more.
    [[nodiscard]] bool abandoned() const noexcept { return abandoned_; }
    [[nodiscard]] bool is_read() const noexcept { return readers_ != 0; }

    /// The entry of this hash for which same(entry) says so. What that runs may change the table. The caller reads; if nobody else does, then
    /// the end of that reading runs none of the user's code, which could take out what was found.
    template <class Same>
    [[nodiscard]] entry* find(std::uint64_t hash, Same const& same) {
        for (;;) {
            entry* const found = look_up(hash, same);
            if (removed_ == nullptr || readers_ != 1) [[likely]] return found;
            forget_removed();
        }
    }

    /// Room for one more: the next insert() does not raise.
    void reserve() {
        if (4 * (size_ + 1) <= 3 * capacity_) return;
        std::size_t const wider = capacity_ == 0 ? 8 : 2 * capacity_;
        auto** const memory = static_cast<entry**>(::operator new(wider * sizeof(entry*)));
        for (std::size_t i = 0; i != wider; ++i) memory[i] = nullptr;
        ::operator delete(index_);
        index_ = memory;
        capacity_ = wider;
        ++version_;
        for (entry* e = first_; e != nullptr; e = e->after) {
            if (e->owner != nullptr) index_[hole_for(e->hash)] = e;
        }
    }
    /// At the end, or in the place of another, which is taken out.
    void insert(entry* e, std::uint64_t hash, entry* instead = nullptr) noexcept {
        e->hash = hash;
        e->hashed = true;
        e->owner = this;
        e->before = instead != nullptr ? instead : last_;
        e->after = instead != nullptr ? instead->after : nullptr;
        (e->before != nullptr ? e->before->after : first_) = e;
        (e->after != nullptr ? e->after->before : last_) = e;
        ++size_;
        index_[hole_for(hash)] = e;
        ++version_;
        if (instead != nullptr && instead->owner != nullptr) remove(instead);
    }
    /// Its object went, or it is taken out by the user.
    void remove(entry* e) noexcept {
        unlink(e);
        take_from_index(e);
        e->owner = nullptr;
        --size_;
        if (readers_ != 0) {
            e->previous = removed_;
            removed_ = e;
            to_do_ = true;
            return;
        }
        take_from_list(e);
        release(e);
    }
    void clear() noexcept {
        reading const hold(this);
        for (entry* e = first_; e != nullptr; e = e->after) {
            if (e->owner != nullptr) remove(e);
        }
    }
    /// The container lets go of it. It is deleted now, or by the last who reads it.
    void abandon() noexcept {
        abandoned_ = true;
        to_do_ = true;
        clear();
    }

    /// Whoever looks at entries: they stay where they are, and so does the table.
    void begin_reading() noexcept { ++readers_; }
    void end_reading() noexcept {
        if (readers_ == 1 && to_do_) return end_last_reading();
        --readers_;
    }
    struct reading {
        table* const t;
        explicit reading(table* in) noexcept : t(in) {
            if (t != nullptr) t->begin_reading();
        }
        reading(reading const&) = delete;
        reading& operator=(reading const&) = delete;
        ~reading() {
            if (t != nullptr) t->end_reading();
        }
        template <class Same>
        [[nodiscard]] entry* find(std::uint64_t hash, Same const& same) const {
            return t->find(hash, same);
        }
    };
    /// For finding, where that runs none of the user's code.
    struct glance {
        table* const t;
        explicit glance(table* in) noexcept : t(in) {}
        template <class Same>
        [[nodiscard]] entry* find(std::uint64_t hash, Same const& same) const {
            return t->look_up(hash, same);
        }
    };

    /// What the heap calls when the object of an entry has gone.
    static void vanish(weak_block& self) {
        auto& e = static_cast<entry&>(self);
        if (e.owner != nullptr) e.owner->remove(__builtin_addressof(e));
    }

private:
    ~table() { ::operator delete(index_); }

    template <class Same>
    [[nodiscard]] entry* look_up(std::uint64_t hash, Same const& same) {
        while (size_ != 0) {
            std::size_t const version = version_;
            std::size_t i = hash & mask();
            for (; version == version_ && index_[i] != nullptr; i = (i + 1) & mask()) {
                entry* const e = index_[i];
                if (e->hash == hash && same(*e)) {
                    if (e->owner == nullptr) break;
                    return e;
                }
            }
            if (version == version_) return nullptr;
        }
        return nullptr;
    }

    [[nodiscard]] std::size_t mask() const noexcept { return capacity_ - 1; }
    [[nodiscard]] std::size_t hole_for(std::uint64_t hash) const noexcept {
        std::size_t i = hash & mask();
        while (index_[i] != nullptr) i = (i + 1) & mask();
        return i;
    }
    void take_from_index(entry const* e) noexcept {
        std::size_t hole = e->hash & mask();
        while (index_[hole] != e) hole = (hole + 1) & mask();
        for (std::size_t i = hole;;) {
            i = (i + 1) & mask();
            if (index_[i] == nullptr) break;
            if (((i - index_[i]->hash) & mask()) >= ((i - hole) & mask())) {
                index_[hole] = index_[i];
                hole = i;
            }
        }
        index_[hole] = nullptr;
        ++version_;
    }
    void take_from_list(entry* e) noexcept {
        (e->before != nullptr ? e->before->after : first_) = e->after;
        (e->after != nullptr ? e->after->before : last_) = e->before;
        e->before = e->after = nullptr;
    }
    AMPHIS_NOINLINE void forget_removed() noexcept {
        entry* rest = removed_;
        removed_ = nullptr;
        for (entry* e = rest; e != nullptr; e = static_cast<entry*>(e->previous)) take_from_list(e);
        while (rest != nullptr) {
            entry* const e = rest;
            rest = static_cast<entry*>(e->previous);
            e->previous = nullptr;
            release(e);  // which may run the user's destructors
        }
    }
    AMPHIS_NOINLINE void end_last_reading() noexcept {
        while (removed_ != nullptr && readers_ == 1) forget_removed();
        if (--readers_ != 0) return;  // one of the destructors began to iterate
        to_do_ = false;
        if (abandoned_) delete this;
    }

    entry** index_ = nullptr;
    std::size_t capacity_ = 0;
    std::size_t size_ = 0;
    std::size_t version_ = 0;  // changes whenever the index does
    entry* first_ = nullptr;
    entry* last_ = nullptr;
    std::size_t readers_ = 0;
    entry* removed_ = nullptr;  // taken out while somebody reads, linked by `previous`: `next` may still link callbacks that are to be called
    bool to_do_ = false;        // by the last reader: there are such, or the table is abandoned
    bool abandoned_ = false;
};

/// Owns a table; there is none before the first entry.
class table_handle {
public:
    table_handle() noexcept = default;
    table_handle(table_handle const&) = delete;
    table_handle(table_handle&& other) noexcept : table_(other.table_) { other.table_ = nullptr; }
    table_handle& operator=(table_handle&& other) noexcept {
        table* const before = table_;
        table_ = other.table_;
        other.table_ = before;
        return *this;
    }
    ~table_handle() {
        while (table_ != nullptr) {  // what the user's destructors meet is an empty container
            table* const t = table_;
            table_ = nullptr;
            t->abandon();
        }
    }
    [[nodiscard]] table* get() const noexcept { return table_; }
    [[nodiscard]] table* made() {
        if (table_ == nullptr) table_ = new table();
        return table_;
    }
    [[nodiscard]] std::size_t size() const noexcept { return table_ != nullptr ? table_->size() : 0; }

private:
    table* table_ = nullptr;
};

/// Objects without == are compared by where they are.
template <class T>
using look_at_objects = std::conditional_t<ByValue<T>, table::reading, table::glance>;
template <class K>
using look_at_keys = std::conditional_t<std::is_scalar_v<K> || (CharsLike<K> && gc::is_of_std<K>), table::glance, table::reading>;

/// A weak reference, shown to the collector.
struct shown_block {
    using amphis_gc_weak = void;
    weak_block* block;
};
/// Shows the entries of a container as weak references, and what each(entry) shows of them.
template <class V, class Each>
void show_entries(table const* t, V& visitor, Each const& each) {
    if (t == nullptr) return;
    if (t->is_read()) {  // by an iterator, which is no object: a use that is not found
        weak_block iterator;
        shown_block shown{__builtin_addressof(iterator)};
        visitor.weak(shown);
    }
    for (entry* e = t->first(); e != nullptr; e = e->after) {
        shown_block shown{e};
        visitor.weak(shown);
        each(*e);
    }
}

struct end_of_entries {};

/// Goes over the entries whose objects live, and keeps the object at which it is. `Give` makes what it gives, of the entry and the pointer.
template <class T, class Give>
class cursor {
    table* table_ = nullptr;
    entry* at_ = nullptr;
    amphis::gc::ptr<T> object_{};

    void settle() {
        for (; at_ != nullptr; at_ = at_->after) {
            if (at_->owner == nullptr) continue;
            if (void* const object = live(at_); object != nullptr) {
                object_ = gc::access::share<T>(object);
                return;
            }
        }
        object_ = nullptr;
    }

public:
    using reference = decltype(Give()(std::declval<entry&>(), std::declval<amphis::gc::ptr<T> const&>()));
    using value_type = std::remove_cvref_t<reference>;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::input_iterator_tag;

    cursor() noexcept = default;
    explicit cursor(table* of) : table_(of) {
        if (table_ == nullptr) return;
        table_->begin_reading();
        at_ = table_->first();
        settle();
    }
    cursor(cursor const&) = delete;
    cursor(cursor&& other) noexcept : table_(other.table_), at_(other.at_), object_(static_cast<amphis::gc::ptr<T>&&>(other.object_)) {
        other.table_ = nullptr;
        other.at_ = nullptr;
    }
    cursor& operator=(cursor&& other) noexcept {
        std::swap(table_, other.table_);
        std::swap(at_, other.at_);
        object_.swap(other.object_);
        return *this;
    }
    ~cursor() {
        if (table_ == nullptr) return;
        object_ = nullptr;
        table_->end_reading();
    }
    [[nodiscard]] reference operator*() const { return Give()(*at_, object_); }
    cursor& operator++() {
        at_ = at_->after;
        settle();
        return *this;
    }
    void operator++(int) { ++*this; }
    [[nodiscard]] friend bool operator==(cursor const& c, end_of_entries) noexcept { return c.at_ == nullptr; }
};

/// What keys(), values() and items() give. It refers to the container.
template <class T, class Give>
class entries {
    table_handle const* handle_;

public:
    explicit entries(table_handle const& of) noexcept : handle_(__builtin_addressof(of)) {}
    [[nodiscard]] cursor<T, Give> begin() const { return cursor<T, Give>(handle_->get()); }
    [[nodiscard]] static end_of_entries end() noexcept { return {}; }
};

}  // namespace amphis::inline v0::detail::weakrefs

#endif  // AMPHIS_WEAKREF_TABLE_HPP
