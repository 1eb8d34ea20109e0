// SPDX-License-Identifier: MIT
// weakref/set: a set of objects that it does not keep.
#ifndef AMPHIS_WEAKREF_SET_HPP
#define AMPHIS_WEAKREF_SET_HPP

#include <amphis/config.hpp>
#include <amphis/gc/ptr.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>
#include <amphis/weakref/block.hpp>
#include <amphis/weakref/dictionaries.hpp>
#include <amphis/weakref/ref.hpp>
#include <amphis/weakref/table.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>

namespace amphis::inline v0 {
namespace detail::weakrefs {

struct member_entry : entry {
    member_entry() noexcept {
        call = &table::vanish;
        destroy = [](weak_block* self) noexcept { delete static_cast<member_entry*>(self); };
    }
};

}  // namespace detail::weakrefs
namespace weakref {

/// A set of objects, each of which leaves it when it goes.
///
///     weakref::WeakSet<Session> open;
///     open.add(session);
///     for (auto const& one : open) one->ping();           // sessions may end meanwhile
///
/// Elements  compared by the operator== of T, which then must be hashable; without one, by identity. Iterated in the order of add().
/// Raises    KeyError from remove() and pop(); TypeError for a null pointer.
/// Costs     88 bytes an element, and 11 to 21 for finding it.
/// Differs   elements may also be added and removed while it is iterated: what is added comes last.
/// Source    docs.python.org/3/library/weakref.html#weakref.WeakSet; Lib/_weakrefset.py (CPython 3.11)
template <class T>
class WeakSet {
    using pointer = gc::ptr<T>;
    using reading = detail::weakrefs::table::reading;

    detail::weakrefs::table_handle table_{};

public:
    using value_type = pointer;

    WeakSet() noexcept = default;
    WeakSet(std::initializer_list<pointer> objects) { update(objects); }
    WeakSet(WeakSet const& other) { update(other); }
    WeakSet(WeakSet&&) noexcept = default;
    WeakSet& operator=(WeakSet other) noexcept {
        table_ = static_cast<detail::weakrefs::table_handle&&>(other.table_);
        return *this;
    }
    ~WeakSet() = default;

    [[nodiscard]] std::size_t size() const noexcept { return table_.size(); }
    [[nodiscard]] bool empty() const noexcept { return size() == 0; }
    [[nodiscard]] bool contains(pointer const& object) const {
        detail::weakrefs::look_at_objects<T> const hold(table_.get());
        return object && find(hold, object) != nullptr;
    }

    void add(pointer const& given) {
        if (!given) detail::weakrefs::no_object();
        detail::weakrefs::kept<T> object = given;
        reading const hold(table_.made());
        std::uint64_t const hash = detail::weakrefs::hash_of_object<T>(object.object);
        if (find(hold, object, hash) != nullptr || hold.t->abandoned()) return;
        hold.t->reserve();
        hold.t->insert(detail::weakrefs::attach(object.object, new detail::weakrefs::member_entry()), hash);
    }
    void discard(pointer const& object) { static_cast<void>(take_out(object)); }
    void remove(pointer const& object) {
        if (!take_out(object)) throw KeyError(ref<T>(object));
    }
    /// Any of them: the newest.
    pointer pop() {
        if (detail::weakrefs::table* const t = table_.get(); t != nullptr) {
            for (auto* e = t->last(); e != nullptr; e = e->before) {
                void* const object = e->owner != nullptr ? detail::weakrefs::live(e) : nullptr;
                if (object == nullptr) continue;
                pointer popped = detail::gc::access::share<T>(object);
                t->remove(e);
                return popped;
            }
        }
        throw KeyError("pop from empty WeakSet");
    }
    void clear() noexcept {
        if (table_.get() != nullptr) table_.get()->clear();
    }
    template <class Objects>
    void update(Objects const& objects) {
        for (auto const& object : objects) add(object);
    }
    [[nodiscard]] WeakSet copy() const { return *this; }

    [[nodiscard]] auto begin() const { return detail::weakrefs::entries<T, detail::weakrefs::give_object>(table_).begin(); }
    [[nodiscard]] static auto end() noexcept { return detail::weakrefs::end_of_entries(); }

    [[nodiscard]] bool issubset(WeakSet const& other) const {
        for (auto const& object : *this) {
            if (!other.contains(object)) return false;
        }
        return true;
    }
    [[nodiscard]] bool issuperset(WeakSet const& other) const { return other.issubset(*this); }
    [[nodiscard]] bool isdisjoint(WeakSet const& other) const {
        for (auto const& object : *this) {
            if (other.contains(object)) return false;
        }
        return true;
    }
    [[nodiscard]] friend bool operator==(WeakSet const& a, WeakSet const& b) { return a.issubset(b) && b.issubset(a); }
    [[nodiscard]] friend bool operator<=(WeakSet const& a, WeakSet const& b) { return a.issubset(b); }
    [[nodiscard]] friend bool operator>=(WeakSet const& a, WeakSet const& b) { return b.issubset(a); }
    [[nodiscard]] friend bool operator<(WeakSet const& a, WeakSet const& b) { return a.issubset(b) && !b.issubset(a); }
    [[nodiscard]] friend bool operator>(WeakSet const& a, WeakSet const& b) { return b < a; }

    WeakSet& operator|=(WeakSet const& other) {
        update(other);
        return *this;
    }
    WeakSet& operator&=(WeakSet const& other) {
        for (auto const& object : *this) {
            if (!other.contains(object)) discard(object);
        }
        return *this;
    }
    WeakSet& operator-=(WeakSet const& other) {
        for (auto const& object : *this) {
            if (other.contains(object)) discard(object);
        }
        return *this;
    }
    WeakSet& operator^=(WeakSet const& other) {
        WeakSet const both = *this & other;
        update(other);
        return *this -= both;
    }
    [[nodiscard]] friend WeakSet operator|(WeakSet a, WeakSet const& b) { return static_cast<WeakSet&&>(a |= b); }
    [[nodiscard]] friend WeakSet operator&(WeakSet a, WeakSet const& b) { return static_cast<WeakSet&&>(a &= b); }
    [[nodiscard]] friend WeakSet operator-(WeakSet a, WeakSet const& b) { return static_cast<WeakSet&&>(a -= b); }
    [[nodiscard]] friend WeakSet operator^(WeakSet a, WeakSet const& b) { return static_cast<WeakSet&&>(a ^= b); }

    using amphis_gc_weak = void;
    void amphis_gc_entries(auto& visitor) const {
        detail::weakrefs::show_entries(table_.get(), visitor, [](detail::weakrefs::entry&) {});
    }

private:
    template <class In>
    [[nodiscard]] static detail::weakrefs::entry* find(In const& in, pointer const& given) {
        if (!given) detail::weakrefs::no_object();
        if (in.t == nullptr) return nullptr;
        detail::weakrefs::kept<T> object = given;
        return find(in, object, detail::weakrefs::hash_of_object<T>(object.object));
    }
    template <class In>
    [[nodiscard]] static detail::weakrefs::entry* find(In const& in, pointer const& object, std::uint64_t hash) {
        return in.find(hash, [&object](detail::weakrefs::entry& e) {
            void* const other = detail::weakrefs::live(__builtin_addressof(e));
            return other != nullptr && detail::weakrefs::same_value<T>(other, object.object);
        });
    }
    bool take_out(pointer const& object) {
        reading const hold(table_.get());
        auto* const e = find(hold, object);
        if (e != nullptr) hold.t->remove(e);
        return e != nullptr;
    }
};

}  // namespace weakref
}  // namespace amphis::inline v0

#endif  // AMPHIS_WEAKREF_SET_HPP
