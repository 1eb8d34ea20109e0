// SPDX-License-Identifier: MIT
// gc/traverse/walk: shows the pointers of an object to a visitor.
#ifndef AMPHIS_GC_TRAVERSE_WALK_HPP
#define AMPHIS_GC_TRAVERSE_WALK_HPP

#include <amphis/config.hpp>
#include <amphis/detail/reflect.hpp>
#include <amphis/gc/edge.hpp>
#include <amphis/gc/traverse/holds.hpp>
#include <amphis/gc/traverse/kind.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace amphis::inline v0::detail::gc {

namespace element_access {
template <std::size_t I>
void get() = delete;
template <std::size_t I>
void get_if() = delete;

template <std::size_t I, class T>
auto& in_tuple(T& object) noexcept {
    return get<I>(object);
}
template <std::size_t I, class T>
auto* in_variant(T& object) noexcept {
    return get_if<I>(__builtin_addressof(object));
}
}  // namespace element_access

/// Calls function(alternative), if there is one.
template <class F, template <class...> class Variant, class... Ts>
void with_alternative(Variant<Ts...>& object, F const& function) {
    auto const index = static_cast<std::size_t>(object.index());
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        static_cast<void>(((index == I && (function(*element_access::in_variant<I>(object)), true)) || ...));
    }(std::index_sequence_for<Ts...>());
}
template <class T, class F>
void with_elements(T& object, F const& function) {
    auto const at = [&]<std::size_t I>(std::integral_constant<std::size_t, I>) {
        // What a reference refers to belongs to another object.
        if constexpr (!std::is_reference_v<typename std::tuple_element<I, T>::type>) function(element_access::in_tuple<I>(object));
    };
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        (at(std::integral_constant<std::size_t, I>()), ...);
    }(std::make_index_sequence<std::tuple_size<T>::value>());
}
template <class T, class F, auto... Members>
void with_listed(T& object, F const& function, amphis::gc::fields<Members...>) {
    (function(object.*Members), ...);
}

/// The container is a protected member of its adaptor.
template <class T>
struct adaptor_access : T {
    static typename T::container_type& container(T& adaptor) noexcept { return adaptor.*(&adaptor_access::c); }
};

/// Calls function(value) with what is held by an optional, an attribute, a std::unique_ptr and the like, if there is something.
template <class T, class F>
void with_held(T& object, F const& function) {
    constexpr kind what = kind_of<T>;
    if constexpr (what == kind::optional) {
        if (object.has_value()) {
            function(*object);
        } else if constexpr (parts_of<T>::size == 2) {
            function(object.error());
        }
    } else if constexpr (what == kind::attribute) {
        if (object.is_set()) function(const_cast<typename T::value_type&>(object.get()));
    } else if constexpr (what == kind::cached) {
        if (object.cached()) function(object.get());
    } else if constexpr (what == kind::variant) {
        gc::with_alternative(object, function);
    } else if constexpr (what == kind::owner) {
        if (object.get() != nullptr) function(*object.get());
    } else if constexpr (what == kind::adaptor) {
        function(adaptor_access<T>::container(object));
    }
}
template <class T>
inline constexpr bool holds_another = kind_of<T> == kind::optional || kind_of<T> == kind::attribute || kind_of<T> == kind::cached || kind_of<T> == kind::variant ||
                                      kind_of<T> == kind::owner || kind_of<T> == kind::adaptor;

template <class T>
edge* as_edge(T* pointer) noexcept {
    static_assert(sizeof(T) == sizeof(edge), "amphis: gc::ptr is an edge and nothing else");
    return reinterpret_cast<edge*>(const_cast<std::remove_const_t<T>*>(pointer));
}
/// Elements one after the other, each a gc::ptr.
template <class T>
concept EdgeRun = requires(T& object) {
    requires kind_of<typename T::value_type> == kind::edge;
    { object.data() } -> std::same_as<typename T::value_type*>;
    object.size();
};

template <part_of_walk W, class T, class V>
constexpr void walk(T& object, V& visitor);

/// What traverse() is called with. Its arguments are walked in their order.
template <class V>
class visit_all {
public:
    constexpr explicit visit_all(V& visitor) noexcept : visitor_(visitor) {}
    template <class... Part>
    constexpr void operator()(Part&... part) const {
        (walk<part_of_walk::all>(part, visitor_), ...);
    }

private:
    V& visitor_;
};

/// Shows the gc pointers of an object to a visitor.
///
///     visitor.edges(edge* first, std::size_t n)      n of them, one after the other
///     visitor.part(part_edge& one)
///     visitor.weak(T& reference)                     a weak reference; not called if the visitor has no such member
///
/// W         which pointers; fixed ones are found without reading the object.
/// Raises    what the visitor and a traverse() of the user's raise.
/// Differs   objects that own one another by std::unique_ptr, or as elements of containers, are parts of one object, and are walked
///           recursively: their depth is the depth of calls, as it is when they are destroyed.
template <part_of_walk W, class T, class V>
constexpr void walk(T& object, V& visitor) {
    constexpr kind what = kind_of<std::remove_const_t<T>>;
    if constexpr (walk_bits<W, T> == 0) {
        // nothing to be seen
    } else if constexpr (std::is_const_v<T>) {
        gc::walk<W>(const_cast<std::remove_const_t<T>&>(object), visitor);  // the collector changes no value that can be seen
    } else if constexpr (what == kind::edge) {
        visitor.edges(as_edge(__builtin_addressof(object)), std::size_t(1));
    } else if constexpr (what == kind::part) {
        visitor.part(*reinterpret_cast<part_edge*>(__builtin_addressof(object)));
    } else if constexpr (what == kind::weak) {
        if constexpr (requires { visitor.weak(object); }) visitor.weak(object);
    } else if constexpr (what == kind::by_hand) {
        visit_all<V> visit(visitor);
        object.traverse(visit);
    } else if constexpr (what == kind::array) {
        using E = std::remove_all_extents_t<T>;
        if constexpr (kind_of<std::remove_const_t<E>> == kind::edge) {
            visitor.edges(as_edge(reinterpret_cast<E*>(__builtin_addressof(object))), sizeof(T) / sizeof(E));
        } else {
            for (auto& element : object) gc::walk<W>(element, visitor);
        }
    } else if constexpr ((what == kind::container || what == kind::std_array) && EdgeRun<T>) {
        std::size_t const size = static_cast<std::size_t>(object.size());
        if (size != 0) visitor.edges(as_edge(object.data()), size);
    } else if constexpr (what == kind::std_array) {
        auto* const data = object.data();
        for (std::size_t i = 0; i != std::tuple_size<T>::value; ++i) gc::walk<W>(data[i], visitor);
    } else if constexpr (what == kind::container) {
        for (auto& element : object) gc::walk<part_of_walk::all>(element, visitor);
    } else if constexpr (what == kind::tuple) {
        gc::with_elements(object, [&visitor](auto& element) { gc::walk<W>(element, visitor); });
    } else if constexpr (what == kind::fields) {
        with_fields(object, [&visitor](auto&... field) { (gc::walk<W>(field, visitor), ...); });
    } else if constexpr (what == kind::listed) {
        gc::with_listed(object, [&visitor](auto& field) { gc::walk<W>(field, visitor); }, typename T::gc_fields());
    } else if constexpr (holds_another<T>) {
        gc::with_held(object, [&visitor](auto& value) { gc::walk<part_of_walk::all>(value, visitor); });
    } else {
        static_cast<void>(assert_traceable<T>());
    }
}

}  // namespace amphis::inline v0::detail::gc

#endif  // AMPHIS_GC_TRAVERSE_WALK_HPP
