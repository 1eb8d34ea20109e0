// SPDX-License-Identifier: MIT
// weakref/dictionaries: mappings whose entries go with their values, or with their keys.
#ifndef AMPHIS_WEAKREF_DICTIONARIES_HPP
#define AMPHIS_WEAKREF_DICTIONARIES_HPP

#include <amphis/config.hpp>
#include <amphis/detail/hash.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/gc/ptr.hpp>
#include <amphis/gc/traverse.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>
#include <amphis/weakref/block.hpp>
#include <amphis/weakref/ref.hpp>
#include <amphis/weakref/table.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <type_traits>
#include <utility>
#include <vector>

namespace amphis::inline v0 {
namespace detail::weakrefs {

AMPHIS_COLD inline void empty_dictionary() { throw KeyError("popitem(): dictionary is empty"); }

template <class K>
struct keyed_entry : entry {
    K key;
    explicit keyed_entry(K const& k) : key(k) {
        call = &table::vanish;
        destroy = [](weak_block* self) noexcept { delete static_cast<keyed_entry*>(self); };
    }
};
template <class V>
struct valued_entry : entry {
    V value;
    template <class U>
    explicit valued_entry(U&& v) : value(static_cast<U&&>(v)) {
        call = &table::vanish;
        destroy = [](weak_block* self) noexcept { delete static_cast<valued_entry*>(self); };
    }
};

/// What a traverse() visits beside the values.
template <class D>
struct shown_entries {
    using amphis_gc_weak = void;
    D const& dictionary;
    void amphis_gc_entries(auto& visitor) const { dictionary.amphis_gc_entries(visitor); }
};

template <class K>
struct give_key {
    template <class P>
    K const& operator()(entry& e, P const&) const noexcept {
        return static_cast<keyed_entry<K>&>(e).key;
    }
};
struct give_object {
    template <class P>
    P operator()(entry&, P const& object) const noexcept {
        return object;
    }
};
template <class T>
struct give_ref {
    template <class P>
    amphis::weakref::ref<T> operator()(entry&, P const& object) const {
        return amphis::weakref::ref<T>(object);
    }
};
template <class K, class T>
struct give_key_and_object {
    std::pair<K, amphis::gc::ptr<T>> operator()(entry& e, amphis::gc::ptr<T> const& object) const { return {static_cast<keyed_entry<K>&>(e).key, object}; }
};
template <class V>
struct give_value {
    template <class P>
    V& operator()(entry& e, P const&) const noexcept {
        return static_cast<valued_entry<V>&>(e).value;
    }
};
template <class T, class V>
struct give_object_and_value {
    std::pair<amphis::gc::ptr<T>, V&> operator()(entry& e, amphis::gc::ptr<T> const& object) const { return {object, static_cast<valued_entry<V>&>(e).value}; }
};

/// `d[key]`: read, or assigned to.
template <class D, class Key>
class subscript {
    D& dictionary_;
    Key const& key_;

public:
    using stands_for_value = void;  // print(d[key]) prints the value

    subscript(D& dictionary, Key const& key) noexcept : dictionary_(dictionary), key_(key) {}
    subscript(subscript const&) = delete;
    template <class V>
    subscript& operator=(V&& value) {
        dictionary_.set(key_, static_cast<V&&>(value));
        return *this;
    }
    subscript& operator=(subscript const& other) {
        dictionary_.set(key_, other.get());
        return *this;
    }
    [[nodiscard]] decltype(auto) get() const { return dictionary_.at(key_); }
    operator decltype(std::declval<D&>().at(std::declval<Key const&>()))() const { return get(); }  // NOLINT(google-explicit-constructor)
    [[nodiscard]] auto operator->() const
        requires requires(D& d, Key const& k) { d.at(k).operator->(); }
    {
        return get();
    }
    [[nodiscard]] decltype(auto) operator*() const
        requires requires(D& d, Key const& k) { d.at(k).operator->(); }
    {
        return *get();
    }
    template <class U>
    [[nodiscard]] friend bool operator==(subscript const& a, U const& b) {
        return a.get() == b;
    }
};

}  // namespace detail::weakrefs
namespace weakref {

/// A mapping to objects that it does not keep: an entry goes with its object. For caches of what others hold.
///
///     weakref::WeakValueDictionary<std::string, Image> images;
///     images["logo"] = logo;                              // a gc::ptr<Image>
///     if (auto image = images.get("logo")) image->draw();
///     logo = nullptr;
///     len(images);                                        // 0
///
/// Raises    KeyError from at() and d[key] when there is no entry; TypeError when a null pointer is stored.
/// Costs     88 bytes and the key an entry, and 11 to 21 for finding it. A look-up is one hash and mostly one comparison.
/// Threads   it belongs to the thread of its objects.
/// Differs   entries may also be added and removed while it is iterated: what is added comes last.
/// Source    docs.python.org/3/library/weakref.html#weakref.WeakValueDictionary; Lib/weakref.py (CPython 3.11)
template <class K, class T>
class WeakValueDictionary {
    static_assert(detail::Hashable<K>, "amphis: the keys of a WeakValueDictionary must be hashable: numbers, text, tuples, or a class with == and a member hash()");
    using entry_type = detail::weakrefs::keyed_entry<K>;
    using pointer = gc::ptr<T>;

    using reading = detail::weakrefs::table::reading;

    detail::weakrefs::table_handle table_{};

public:
    using key_type = K;
    using mapped_type = pointer;

    WeakValueDictionary() noexcept = default;
    WeakValueDictionary(std::initializer_list<std::pair<K, pointer>> items) { update(items); }
    WeakValueDictionary(WeakValueDictionary const& other) { update(other); }
    WeakValueDictionary(WeakValueDictionary&&) noexcept = default;
    WeakValueDictionary& operator=(WeakValueDictionary other) noexcept {
        table_ = static_cast<detail::weakrefs::table_handle&&>(other.table_);
        return *this;
    }
    ~WeakValueDictionary() = default;

    [[nodiscard]] std::size_t size() const noexcept { return table_.size(); }
    [[nodiscard]] bool empty() const noexcept { return size() == 0; }
    [[nodiscard]] bool contains(K const& key) const { return static_cast<bool>(get(key)); }

    /// The object, or `otherwise`.
    [[nodiscard]] pointer get(K const& key, pointer otherwise = nullptr) const {
        detail::weakrefs::look_at_keys<K> const hold(table_.get());
        if (void* const object = detail::weakrefs::live(find(hold, key)); object != nullptr) return detail::gc::access::share<T>(object);
        return otherwise;
    }
    [[nodiscard]] pointer at(K const& key) const {
        auto object = get(key);
        if (!object) throw KeyError(key);
        return object;
    }
    void set(K const& key, pointer const& object) {
        if (!object) detail::weakrefs::no_object();
        store(key, object, nullptr);
    }
    [[nodiscard]] auto operator[](K const& key) { return detail::weakrefs::subscript<WeakValueDictionary, K>(*this, key); }
    [[nodiscard]] pointer operator[](K const& key) const { return at(key); }
    pointer setdefault(K const& key, pointer const& object) {
        pointer has;
        store(key, object, &has);
        return has;
    }
    pointer pop(K const& key) {
        reading const hold(table_.get());
        auto object = take_out(hold, key);
        if (!object) throw KeyError(key);
        return object;
    }
    pointer pop(K const& key, pointer otherwise) {
        reading const hold(table_.get());
        if (auto object = take_out(hold, key)) return object;
        return otherwise;
    }
    /// The newest entry.
    std::pair<K, pointer> popitem() {
        reading const hold(table_.get());
        for (auto* e = hold.t != nullptr ? hold.t->last() : nullptr; e != nullptr; e = e->before) {
            void* const object = e->owner != nullptr ? detail::weakrefs::live(e) : nullptr;
            if (object == nullptr) continue;
            pointer shared = detail::gc::access::share<T>(object);
            std::pair<K, pointer> item(static_cast<entry_type*>(e)->key, static_cast<pointer&&>(shared));
            if (e->owner != nullptr) hold.t->remove(e);
            return item;
        }
        detail::weakrefs::empty_dictionary();
        __builtin_unreachable();
    }
    /// Python: `del d[key]`.
    void erase(K const& key) {
        reading const hold(table_.get());
        if (!take_out(hold, key)) throw KeyError(key);
    }
    void clear() noexcept {
        if (table_.get() != nullptr) table_.get()->clear();
    }
    /// Pairs of a key and a pointer.
    template <class Items>
    void update(Items const& items) {
        if constexpr (requires { items.items(); }) {
            for (auto const& [key, object] : items.items()) set(key, object);
        } else {
            for (auto const& [key, object] : items) set(key, object);
        }
    }
    [[nodiscard]] WeakValueDictionary copy() const { return *this; }

    [[nodiscard]] auto keys() const noexcept { return detail::weakrefs::entries<T, detail::weakrefs::give_key<K>>(table_); }
    [[nodiscard]] auto values() const noexcept { return detail::weakrefs::entries<T, detail::weakrefs::give_object>(table_); }
    [[nodiscard]] auto items() const noexcept { return detail::weakrefs::entries<T, detail::weakrefs::give_key_and_object<K, T>>(table_); }
    [[nodiscard]] auto valuerefs() const {
        std::vector<ref<T>> all;
        for (auto const& object : values()) all.push_back(ref<T>(object));
        return all;
    }
    // Iterating a mapping gives its keys.
    [[nodiscard]] auto begin() const { return keys().begin(); }
    [[nodiscard]] static auto end() noexcept { return detail::weakrefs::end_of_entries(); }

    /// The same keys for the same, or equal, objects.
    [[nodiscard]] friend bool operator==(WeakValueDictionary const& a, WeakValueDictionary const& b) {
        std::size_t n = 0, m = 0;
        for (auto const& [key, object] : a.items()) {
            auto const other = b.get(key);
            if (!other || !detail::weakrefs::same_value<T>(object.object, other.object)) return false;
            ++n;
        }
        for ([[maybe_unused]] auto const& object : b.values()) ++m;
        return n == m;
    }
    template <class Items>
    WeakValueDictionary& operator|=(Items const& items) {
        update(items);
        return *this;
    }
    template <class Items>
    [[nodiscard]] friend WeakValueDictionary operator|(WeakValueDictionary a, Items const& items) {
        a.update(items);
        return a;
    }

    using amphis_gc_weak = void;
    void amphis_gc_entries(auto& visitor) const {
        detail::weakrefs::show_entries(table_.get(), visitor, [&]([[maybe_unused]] detail::weakrefs::entry& e) {
            if constexpr (detail::gc::holds_weak<K>) detail::gc::walk<detail::gc::part_of_walk::all>(static_cast<entry_type&>(e).key, visitor);
        });
    }

private:
    template <class In>
    [[nodiscard]] static entry_type* find(In const& in, K const& key) {
        if (in.t == nullptr) return nullptr;
        return find(in, key, detail::hash32(key));
    }
    template <class In>
    [[nodiscard]] static entry_type* find(In const& in, K const& key, std::uint32_t hash) {
        return static_cast<entry_type*>(
            in.find(hash, [&key](detail::weakrefs::entry& e) { return static_cast<bool>(static_cast<entry_type&>(e).key == key); }));
    }
    /// With `present`, which is told what the key has then, an entry that is there stays.
    void store(K const& key, pointer const& object, pointer* present) {
        reading const hold(table_.made());
        std::uint32_t const hash = detail::hash32(key);
        entry_type* before = find(hold, key, hash);
        if (void* const there = detail::weakrefs::live(before); there != nullptr && (present != nullptr || there == object.object)) {
            if (present != nullptr) *present = detail::gc::access::share<T>(there);
            return;
        }
        std::size_t const version = hold.t->version();
        auto* const made = detail::weakrefs::attach(object.object, new entry_type(before != nullptr ? before->key : key));
        try {
            if (hold.t->version() != version) before = find(hold, key, hash);  // the copy of the key ran the user's code
            hold.t->reserve();
        } catch (...) {
            detail::weakrefs::release(made);
            throw;
        }
        if (hold.t->abandoned()) {
            detail::weakrefs::release(made);
        } else {
            hold.t->insert(made, hash, before);
        }
        if (present != nullptr) *present = object;
    }
    /// Null if there is no entry, or its object is on its way out.
    static pointer take_out(reading const& in, K const& key) {
        entry_type* const e = find(in, key);
        if (e == nullptr) return nullptr;
        void* const object = detail::weakrefs::live(e);
        pointer taken = object != nullptr ? detail::gc::access::share<T>(object) : pointer();
        in.t->remove(e);
        return taken;
    }
};

/// A mapping from objects that it does not keep: an entry goes with its key. For what belongs to an object and has no room in it.
///
///     weakref::WeakKeyDictionary<Node, std::string> notes;
///     notes[node] = "seen";
///     notes[node];                                        // seen
///     node = nullptr;
///     len(notes);                                         // 0
///
/// Keys      compared by the operator== of T, which then must be hashable; without one, by identity.
/// Raises    KeyError from at() and d[key] when there is no entry; TypeError for a null pointer.
/// Costs     88 bytes and the value an entry, and 11 to 21 for finding it.
/// Differs   as WeakValueDictionary. A value that points to its key keeps it alive, as in CPython; the collector sees the pointers in values.
/// Source    docs.python.org/3/library/weakref.html#weakref.WeakKeyDictionary; Lib/weakref.py (CPython 3.11)
template <class T, class V>
class WeakKeyDictionary {
    using entry_type = detail::weakrefs::valued_entry<V>;
    using pointer = gc::ptr<T>;

    using reading = detail::weakrefs::table::reading;

    detail::weakrefs::table_handle table_{};

public:
    using key_type = pointer;
    using mapped_type = V;

    WeakKeyDictionary() noexcept = default;
    WeakKeyDictionary(std::initializer_list<std::pair<pointer, V>> items) { update(items); }
    WeakKeyDictionary(WeakKeyDictionary const& other) { update(other); }
    WeakKeyDictionary(WeakKeyDictionary&&) noexcept = default;
    WeakKeyDictionary& operator=(WeakKeyDictionary other) noexcept {
        table_ = static_cast<detail::weakrefs::table_handle&&>(other.table_);
        return *this;
    }
    ~WeakKeyDictionary() = default;

    [[nodiscard]] std::size_t size() const noexcept { return table_.size(); }
    [[nodiscard]] bool empty() const noexcept { return size() == 0; }
    [[nodiscard]] bool contains(pointer const& key) const {
        detail::weakrefs::look_at_objects<T> const hold(table_.get());
        return find(hold, key) != nullptr;
    }

    /// A copy of the value, or `otherwise`.
    [[nodiscard]] V get(pointer const& key, V otherwise = V()) const {
        reading const hold(table_.get());
        entry_type* const e = find(hold, key);
        return e != nullptr ? e->value : otherwise;
    }
    [[nodiscard]] V& at(pointer const& key) const {
        detail::weakrefs::look_at_objects<T> const hold(table_.get());
        entry_type* const e = find(hold, key);
        if (e == nullptr) missing(key);
        return e->value;
    }
    /// What an old value's destructor does to the dictionary, it does to one that has the new value.
    template <class U>
    void set(pointer const& given, U&& value) {
        if (!given) detail::weakrefs::no_object();
        detail::weakrefs::kept<T> key = given;
        reading const hold(table_.made());
        std::uint64_t const hash = detail::weakrefs::hash_of_object<T>(key.object);
        entry_type* const found = find(hold, key, hash);
        if (found == nullptr) return insert(hold, key, hash, static_cast<U&&>(value));
        if constexpr (std::is_move_constructible_v<V> && std::is_swappable_v<V>) {
            V other(static_cast<U&&>(value));
            if (found->owner == nullptr) return insert(hold, key, hash, static_cast<V&&>(other));
            using std::swap;
            swap(found->value, other);
        } else {
            found->value = static_cast<U&&>(value);
        }
    }
    [[nodiscard]] auto operator[](pointer const& key) { return detail::weakrefs::subscript<WeakKeyDictionary, pointer>(*this, key); }
    [[nodiscard]] V& operator[](pointer const& key) const { return at(key); }
    template <class U>
    V& setdefault(pointer const& given, U&& value) {
        if (!given) detail::weakrefs::no_object();
        detail::weakrefs::kept<T> key = given;
        reading const hold(table_.made());
        std::uint64_t const hash = detail::weakrefs::hash_of_object<T>(key.object);
        entry_type* found = find(hold, key, hash);
        if (found == nullptr) {
            insert(hold, key, hash, static_cast<U&&>(value));
            found = find(hold, key, hash);
            if (found == nullptr) throw RuntimeError("dictionary changed during setdefault()");
        }
        return found->value;
    }
    V pop(pointer const& key) {
        reading const hold(table_.get());
        entry_type* const e = find(hold, key);
        if (e == nullptr) missing(key);
        return take(hold, e);
    }
    V pop(pointer const& key, V otherwise) {
        reading const hold(table_.get());
        entry_type* const e = find(hold, key);
        return e != nullptr ? take(hold, e) : otherwise;
    }
    /// The newest entry.
    std::pair<pointer, V> popitem() {
        reading const hold(table_.get());
        for (auto* e = hold.t != nullptr ? hold.t->last() : nullptr; e != nullptr; e = e->before) {
            void* const object = e->owner != nullptr ? detail::weakrefs::live(e) : nullptr;
            if (object == nullptr) continue;
            pointer key = detail::gc::access::share<T>(object);
            return {key, take(hold, static_cast<entry_type*>(e))};
        }
        detail::weakrefs::empty_dictionary();
        __builtin_unreachable();
    }
    /// Python: `del d[key]`.
    void erase(pointer const& key) {
        reading const hold(table_.get());
        entry_type* const e = find(hold, key);
        if (e == nullptr) missing(key);
        hold.t->remove(e);
    }
    void clear() noexcept {
        if (table_.get() != nullptr) table_.get()->clear();
    }
    /// Pairs of a pointer and a value.
    template <class Items>
    void update(Items const& items) {
        if constexpr (requires { items.items(); }) {
            for (auto const& [key, value] : items.items()) set(key, value);
        } else {
            for (auto const& [key, value] : items) set(key, value);
        }
    }
    [[nodiscard]] WeakKeyDictionary copy() const { return *this; }

    [[nodiscard]] auto keys() const noexcept { return detail::weakrefs::entries<T, detail::weakrefs::give_object>(table_); }
    [[nodiscard]] auto values() const noexcept { return detail::weakrefs::entries<T, detail::weakrefs::give_value<V>>(table_); }
    [[nodiscard]] auto items() const noexcept { return detail::weakrefs::entries<T, detail::weakrefs::give_object_and_value<T, V>>(table_); }
    [[nodiscard]] auto keyrefs() const {
        std::vector<ref<T>> all;
        for (auto const& object : keys()) all.push_back(ref<T>(object));
        return all;
    }
    // Iterating a mapping gives its keys.
    [[nodiscard]] auto begin() const { return keys().begin(); }
    [[nodiscard]] static auto end() noexcept { return detail::weakrefs::end_of_entries(); }

    [[nodiscard]] friend bool operator==(WeakKeyDictionary const& a, WeakKeyDictionary const& b) {
        std::size_t n = 0, m = 0;
        reading const hold(b.table_.get());
        for (auto const& [key, value] : a.items()) {
            entry_type* const other = find(hold, key);
            if (other == nullptr || !(other->value == value)) return false;
            ++n;
        }
        for ([[maybe_unused]] auto const& key : b.keys()) ++m;
        return n == m;
    }
    template <class Items>
    WeakKeyDictionary& operator|=(Items const& items) {
        update(items);
        return *this;
    }
    template <class Items>
    [[nodiscard]] friend WeakKeyDictionary operator|(WeakKeyDictionary a, Items const& items) {
        a.update(items);
        return a;
    }

    void traverse(auto&& visit)
        requires detail::gc::holds_edges<V>
    {
        detail::weakrefs::shown_entries<WeakKeyDictionary> entries{*this};
        visit(entries);
        if (table_.get() == nullptr) return;
        for (auto* e = table_.get()->first(); e != nullptr; e = e->after) visit(static_cast<entry_type*>(e)->value);
    }
    void amphis_gc_entries(auto& visitor) const {
        detail::weakrefs::show_entries(table_.get(), visitor, [&]([[maybe_unused]] detail::weakrefs::entry& e) {
            if constexpr (detail::gc::holds_weak<V> && !detail::gc::holds_edges<V>) {
                detail::gc::walk<detail::gc::part_of_walk::all>(static_cast<entry_type&>(e).value, visitor);
            }
        });
    }

private:
    template <class In>
    [[nodiscard]] static entry_type* find(In const& in, pointer const& given) {
        if (!given) detail::weakrefs::no_object();
        if (in.t == nullptr) return nullptr;
        detail::weakrefs::kept<T> key = given;
        return find(in, key, detail::weakrefs::hash_of_object<T>(key.object));
    }
    template <class In>
    [[nodiscard]] static entry_type* find(In const& in, pointer const& key, std::uint64_t hash) {
        return static_cast<entry_type*>(in.find(hash, [&key](detail::weakrefs::entry& e) {
            void* const object = detail::weakrefs::live(__builtin_addressof(e));
            return object != nullptr && detail::weakrefs::same_value<T>(object, key.object);
        }));
    }
    /// Of a key that has no entry, as far as is known.
    template <class U>
    static void insert(reading const& in, pointer const& key, std::uint64_t hash, U&& value) {
        std::size_t const version = in.t->version();
        entry_type* const made = detail::weakrefs::attach(key.object, new entry_type(static_cast<U&&>(value)));
        entry_type* before = nullptr;
        try {
            if (in.t->version() != version) before = find(in, key, hash);  // the making of the value ran the user's code
            in.t->reserve();
        } catch (...) {
            detail::weakrefs::release(made);
            throw;
        }
        if (in.t->abandoned()) {
            detail::weakrefs::release(made);
        } else {
            in.t->insert(made, hash, before);
        }
    }
    static V take(reading const& in, entry_type* e) {
        V value = static_cast<V&&>(e->value);
        if (e->owner != nullptr) in.t->remove(e);
        return value;
    }
    [[noreturn]] AMPHIS_COLD static void missing(pointer const& key) { throw KeyError(ref<T>(key)); }
};

}  // namespace weakref

/// If its values hold no pointers, the collector looks at none of them.
template <class T, class V>
inline constexpr detail::gc::kind detail::gc::pointer_kind<weakref::WeakKeyDictionary<T, V>> = detail::gc::holds_edges<V> ? detail::gc::kind::by_hand : detail::gc::kind::weak;

}  // namespace amphis::inline v0

#endif  // AMPHIS_WEAKREF_DICTIONARIES_HPP
