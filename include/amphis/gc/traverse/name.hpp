// SPDX-License-Identifier: MIT
// gc/traverse/name: what the pointers of an object are called, for reports.
#ifndef AMPHIS_GC_TRAVERSE_NAME_HPP
#define AMPHIS_GC_TRAVERSE_NAME_HPP

#include <amphis/config.hpp>
#include <amphis/detail/callable.hpp>
#include <amphis/detail/reflect.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/detail/type_name.hpp>
#include <amphis/gc/edge.hpp>
#include <amphis/gc/traverse/holds.hpp>
#include <amphis/gc/traverse/kind.hpp>
#include <amphis/gc/traverse/walk.hpp>

#include <cstddef>
#include <type_traits>

namespace amphis::inline v0::detail::gc {

/// Looks for one pointer.
struct locator {
    void const* slot;
    bool found = false;

    void edges(edge* first, std::size_t n) noexcept {
        auto const from = reinterpret_cast<std::size_t>(first);
        auto const at = reinterpret_cast<std::size_t>(slot);
        if (at >= from && at < from + n * sizeof(edge)) found = true;
    }
    void part(part_edge& one) noexcept {
        if (__builtin_addressof(one) == slot) found = true;
    }
};
template <class T>
bool has_slot(T& object, void const* slot) {
    if constexpr (holds_edges<T>) {
        locator finder{slot};
        gc::walk<part_of_walk::all>(object, finder);
        return finder.found;
    } else {
        return false;
    }
}

template <class K>
consteval bool key_prints() noexcept;
template <class... Ts>
consteval bool keys_print(types<Ts...>) noexcept {
    return (key_prints<std::remove_cvref_t<Ts>>() && ...);
}
template <class K>
consteval bool key_prints() noexcept {
    if constexpr (!requires(text& out, K const& key) { repr_to(out, key); }) {
        return false;
    } else if constexpr (std::is_class_v<K> && !CharsLike<K>) {
        if constexpr (kind_of<K> == kind::tuple) {
            return keys_print(parts_of<K>());
        } else {
            return false;  // it has a repr, and its elements may have none
        }
    } else {
        return !std::is_pointer_v<K> && !std::is_array_v<K>;
    }
}

struct namer {
    text& out;
    void const* slot;
    std::size_t start;  // where the name begins

    void field(chars name) {
        if (out.size() != start) out.push_back('.');
        out.append(name);
    }
    void index(std::size_t i) {
        char digits[24];
        std::size_t at = sizeof(digits);
        digits[--at] = ']';
        do {
            digits[--at] = static_cast<char>('0' + i % 10);
            i /= 10;
        } while (i != 0);
        digits[--at] = '[';
        out.append(digits + at, sizeof(digits) - at);
    }
    template <class K>
    void key(K const& k) {
        out.push_back('[');
        if constexpr (key_prints<K>()) {
            repr_to(out, k);
        } else {
            out.append("...");
        }
        out.push_back(']');
    }

    /// Writes what is in a part, if the slot is there.
    template <class Part>
    bool in_field(Part& part, chars name) {
        if (!gc::has_slot(part, slot)) return false;
        field(name);
        in(part);
        return true;
    }
    template <class Part>
    bool in_element(Part& part, std::size_t i) {
        if (!gc::has_slot(part, slot)) return false;
        index(i);
        in(part);
        return true;
    }
    template <class... Part>
    void in_visited(std::size_t& position, bool& found, Part&... part) {
        static_cast<void>(((found || (found = visited(position++, part))) || ...));
    }
    template <class Part>
    bool visited(std::size_t position, Part& part) {
        if (!gc::has_slot(part, slot)) return false;
        field("traverse()");
        index(position);
        in(part);
        return true;
    }

    template <class T>
    void in(T& object);
    template <class T, auto... Members>
    void in_listed(T& object, amphis::gc::fields<Members...>) {
        static_cast<void>((in_field(object.*Members, member_name<Members>()) || ...));
    }
    template <class T, class... Field>
    void in_fields(Field&... field) {
        std::size_t i = 0;
        if constexpr ((std::is_volatile_v<Field> || ...)) {  // no part of a constant expression: the names cannot be read
            static_cast<void>((in_element(field, i++) || ...));
        } else {
            static_cast<void>((in_field(field, field_names<T>[i++]) || ...));
        }
    }
};

template <class T>
void namer::in(T& object) {
    constexpr kind what = kind_of<std::remove_const_t<T>>;
    if constexpr (std::is_const_v<T>) {
        in(const_cast<std::remove_const_t<T>&>(object));
    } else if constexpr (what == kind::array || what == kind::std_array) {
        std::size_t i = 0;
        for (auto& element : object) {
            if (in_element(element, i++)) return;
        }
    } else if constexpr (what == kind::container) {
        std::size_t i = 0;
        for (auto& element : object) {
            if constexpr (requires { typename T::mapped_type; element.second; }) {
                if (gc::has_slot(element.second, slot)) {
                    key(element.first);
                    return in(element.second);
                }
                if (gc::has_slot(element.first, slot)) {
                    field("keys()");
                    index(i);
                    return in(element.first);
                }
                ++i;
            } else {
                if (in_element(element, i++)) return;
            }
        }
    } else if constexpr (what == kind::tuple) {
        std::size_t i = 0;
        bool found = false;
        gc::with_elements(object, [&](auto& element) { found = found || in_element(element, i++); });
    } else if constexpr (what == kind::fields) {
        with_fields(object, [&](auto&... field) { in_fields<T>(field...); });
    } else if constexpr (what == kind::listed) {
        in_listed(object, typename T::gc_fields());
    } else if constexpr (what == kind::by_hand) {
        std::size_t position = 0;
        bool found = false;
        auto const visit = [&](auto&... part) { in_visited(position, found, part...); };
        object.traverse(visit);
    } else if constexpr (holds_another<T>) {
        gc::with_held(object, [&](auto& value) { in(value); });
    }
}

/// Writes which of the object's pointers the one at `slot` is: `next`, `children[3]`, `table['key']`, `left.items[2]`; of a class with a
/// traverse(), the how manieth that it visits: `traverse()[0]`. Nothing if it is none of them.
template <class T>
void name_edge(T& object, void const* slot, text& out) {
    if (!gc::has_slot(object, slot)) return;
    namer writer{out, slot, out.size()};
    writer.in(object);
}

}  // namespace amphis::inline v0::detail::gc

#endif  // AMPHIS_GC_TRAVERSE_NAME_HPP
