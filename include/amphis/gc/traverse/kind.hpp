// SPDX-License-Identifier: MIT
// gc/traverse/kind: what a class is to the collector, told by its shape, and what its parts are.
#ifndef AMPHIS_GC_TRAVERSE_KIND_HPP
#define AMPHIS_GC_TRAVERSE_KIND_HPP

#include <amphis/config.hpp>
#include <amphis/detail/callable.hpp>
#include <amphis/detail/reflect.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/detail/type_name.hpp>
#include <amphis/gc/edge.hpp>

#include <concepts>
#include <cstddef>
#include <new>  // std::exception
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace gc {

/// Says that a class that is not yours holds no gc pointers; one of yours says it by `using gc_leaf = void;`.
///
///     template <>
///     inline constexpr bool amphis::gc::leaf<other::Connection> = true;
template <class T>
inline constexpr bool leaf = false;

/// The fields of a class that hold gc pointers, or hold what holds them; private ones too.
///
///     class Node {
///         gc::ptr<Node> next_{};
///         std::vector<gc::ptr<Node>> items_{};
///         std::string name_{};
///     public:
///         using gc_fields = gc::fields<&Node::next_, &Node::items_>;      // below the fields
///     };
///
/// Members   pointers to data members. A derived class writes a list of its own, with the fields of its base that it can name.
/// Differs   from traverse() in that the collector knows where the pointers are without a call, and can prove that there are no cycles.
template <auto... Members>
struct fields {};

}  // namespace gc

namespace detail::gc {

// ---- what a class is -------------------------------------------------------------------------------------------------

enum class kind : unsigned char {
    leaf,       // holds no pointers, or none that are looked for
    edge,       // gc::ptr<T>
    part,       // gc::member_ptr<T>
    weak,       // a weak reference
    listed,     // has gc_fields
    by_hand,    // has traverse()
    array,      // T[N]
    std_array,  // std::array<T, N>
    tuple,      // std::tuple, std::pair
    fields,     // a struct that is taken apart
    container,  // owns its elements
    optional,   // has_value() and *x
    attribute,  // of amphis: is_set() and get()
    cached,     // of amphis: cached() and get()
    variant,
    owner,        // std::unique_ptr
    array_owner,  // std::unique_ptr<T[]>, which does not know how many there are
    adaptor,      // std::stack, std::queue, std::priority_queue
    opaque,       // it does not say
    opaque_base,  // std::unique_ptr to a base class
    incomplete,   // std::unique_ptr to a class that is not defined yet
    inherits,     // traverse() or gc_fields are those of a base, and the class has fields of its own
};

template <class T>
inline constexpr kind pointer_kind = kind::leaf;
template <class T>
inline constexpr kind pointer_kind<amphis::gc::ptr<T>> = kind::edge;
template <class T>
inline constexpr kind pointer_kind<amphis::gc::member_ptr<T>> = kind::part;

template <class T>
inline constexpr bool is_field_list = false;
template <auto... Members>
inline constexpr bool is_field_list<amphis::gc::fields<Members...>> = true;

/// What traverse() is asked with, to see whether it is there.
struct visit_probe {
    template <class... Part>
    void operator()(Part&...) const noexcept;
};

template <class T>
concept Complete = requires { sizeof(T); };
template <class T>
concept MarkedLeaf = amphis::gc::leaf<T> || requires { typename T::gc_leaf; };
template <class T>
concept MarkedWeak = requires { typename T::amphis_gc_weak; };
template <class T>
concept MarkedAcyclic = requires { typename T::gc_acyclic; };
template <class T>
concept Listed = requires { requires is_field_list<typename T::gc_fields>; };
template <class T>
concept Traversed = requires(T& object, visit_probe& visit) { object.traverse(visit); };

// A container, and not a view of one: it has an allocator.
template <class T>
concept Container = requires(T& object) {
    typename T::allocator_type;
    typename T::value_type;
    requires std::is_lvalue_reference_v<decltype(*object.begin())>;
    object.begin() != object.end();
};
// The value is in the object: there is room for it and for whether it is there.
template <class T>
concept OptionalLike = requires(T& object) {
    typename T::value_type;
    requires std::is_object_v<typename T::value_type>;
    requires sizeof(T) > sizeof(typename T::value_type);
    static_cast<bool>(object.has_value());
    { *object } -> std::same_as<typename T::value_type&>;
};
template <class T>
concept VariantLike = requires(T const& object) { object.index(); object.valueless_by_exception(); };
template <class T>
concept TupleLike = requires { std::tuple_size<T>::value; };
template <class T>
concept ArrayLike = TupleLike<T> && requires(T& object) { { object.data() } -> std::same_as<typename T::value_type*>; };
template <class T>
concept UniqueLike = requires(T& object) {
    typename T::deleter_type;
    { object.get() } -> std::same_as<typename T::element_type*>;
    object.release();
};
template <class T>
concept Adaptor = requires { typename T::container_type; typename T::value_type; };
template <class T>
concept AttributeLike = requires(T& object) {
    typename T::stands_for_value;
    object.is_set();
    { object.get() } -> std::same_as<typename T::value_type const&>;
};
template <class T>
concept CachedProperty = requires(T& object) {
    typename T::owner_type;
    typename T::value_type;
    object.cached();
};

/// The compiler's text for T, from its first namespace on.
template <class T>
consteval chars whole_name() noexcept {
#if defined(_MSC_VER)
    constexpr chars all = __FUNCSIG__;
#else
    constexpr chars all = __PRETTY_FUNCTION__;
#endif
    chars name = template_argument(all);
    for (char const* before : {"class ", "struct "}) {
        std::size_t const size = chars(before).size;
        if (name.size > size && !chars_differ(name.data, before)) name = {name.data + size, name.size - size};
    }
    return name;
}
constexpr bool begins_with(chars name, chars wanted) noexcept {
    if (name.size < wanted.size) return false;
    return !chars_differ(name.data, wanted.data);
}
template <class T>
inline constexpr bool is_of_std = begins_with(whole_name<T>(), "std::") || begins_with(whole_name<T>(), "__gnu_cxx::");
template <class T>
inline constexpr bool is_of_amphis = begins_with(whole_name<T>(), "amphis::");

/// The class that declares the traverse() of T, where it can be told.
template <class Pointer>
struct member_of {
    using type = void;
};
template <class M, class C>
struct member_of<M C::*> {
    using type = C;
};
template <class T>
struct traverse_of {
    using type = T;
};
template <class T>
    requires requires { &T::template traverse<visit_probe&>; }
struct traverse_of<T> {
    using type = typename member_of<decltype(&T::template traverse<visit_probe&>)>::type;
};

// T and N bytes; its size tells whether they fit in the padding of T. A member, because T may be final, or have a private destructor.
template <class T, std::size_t N, bool = std::is_abstract_v<T>>
struct with_bytes {
    [[no_unique_address]] T first;
    char bytes[N];
};
template <class T, std::size_t N>
struct with_bytes<T, N, true> : T {
    char bytes[N];
};
template <class T, std::size_t Low = 0, std::size_t High = alignof(T)>
consteval std::size_t tail_padding() noexcept {
    if constexpr (High - Low <= 1) {
        return Low;
    } else {
        constexpr std::size_t middle = Low + (High - Low) / 2;
        if constexpr (sizeof(with_bytes<T, middle>) == sizeof(T)) {
            return gc::tail_padding<T, middle, High>();
        } else {
            return gc::tail_padding<T, Low, middle>();
        }
    }
}
/// A class derived from Base has no room for a pointer beside it. Not by the sizes: padding makes an over-aligned class larger, and a field
/// may stand in the padding of the base.
template <class T, class Base>
consteval bool adds_no_pointer() noexcept {
    if constexpr (std::is_same_v<T, Base>) {
        return true;
    } else {
        return sizeof(T) - gc::tail_padding<T>() < sizeof(Base) - gc::tail_padding<Base>() + sizeof(void*);
    }
}

/// The list is the class's own, as far as can be told, and not that of a base.
template <class T, auto... Members>
consteval bool lists_own(amphis::gc::fields<Members...>) noexcept {
    return (std::is_same_v<typename member_of<decltype(Members)>::type, T> || ...);
}
template <class T, auto... Members>
consteval bool lists_all(amphis::gc::fields<Members...>) noexcept {
    return sizeof...(Members) == 0 || (gc::adds_no_pointer<T, typename member_of<decltype(Members)>::type>() || ...);
}
template <class T>
consteval bool declares_traverse() noexcept {
    using Declares = typename traverse_of<T>::type;
    return std::is_void_v<Declares> || std::is_same_v<Declares, T>;
}

/// Of a class that has gc_fields or traverse(), or both, of which a base may have either: what the class itself says comes first.
template <class T>
consteval kind kind_that_it_says() noexcept {
    if constexpr (Listed<T>) {
        if constexpr (gc::lists_own<T>(typename T::gc_fields())) {
            return kind::listed;
        } else if constexpr (Traversed<T> && gc::declares_traverse<T>()) {
            return kind::by_hand;
        } else if constexpr (gc::lists_all<T>(typename T::gc_fields())) {
            return kind::listed;
        } else if constexpr (Traversed<T>) {
            return gc::adds_no_pointer<T, typename traverse_of<T>::type>() ? kind::by_hand : kind::inherits;
        } else {
            return kind::inherits;
        }
    } else if constexpr (gc::declares_traverse<T>()) {
        return kind::by_hand;
    } else {
        return gc::adds_no_pointer<T, typename traverse_of<T>::type>() ? kind::by_hand : kind::inherits;
    }
}

template <class T>
consteval kind kind_of_unique() noexcept {
    using E = std::remove_cv_t<typename T::element_type>;
    if constexpr (requires(T& object) { object[std::size_t(0)]; }) {  // std::unique_ptr<E[]>
        using Single = std::remove_all_extents_t<E>;
        if constexpr (!std::is_class_v<Single> && !std::is_union_v<Single>) {
            return kind::leaf;
        } else if constexpr (MarkedLeaf<Single>) {
            return kind::leaf;
        } else if constexpr (Complete<Single>) {
            return kind::array_owner;
        } else {
            return begins_with(whole_name<typename T::deleter_type>(), "std::default_delete<") ? kind::incomplete : kind::leaf;
        }
    } else if constexpr (!std::is_class_v<E> && !std::is_union_v<E>) {
        return kind::owner;
    } else if constexpr (MarkedLeaf<E>) {
        return kind::leaf;
    } else if constexpr (!begins_with(whole_name<typename T::deleter_type>(), "std::default_delete<")) {
        return kind::leaf;  // who knows whether it owns
    } else if constexpr (!Complete<E>) {
        return kind::incomplete;
    } else if constexpr (std::is_polymorphic_v<E> && !std::is_final_v<E>) {
        return is_of_std<E> || is_of_amphis<E> ? kind::leaf : kind::opaque_base;
    } else {
        return kind::owner;
    }
}

/// T is complete, or marked.
template <class T>
consteval kind find_kind() noexcept {
    if constexpr (std::is_volatile_v<T>) {
        return kind::leaf;
    } else if constexpr (std::is_array_v<T>) {
        return std::extent_v<T> == 0 ? kind::leaf : kind::array;
    } else if constexpr (!std::is_class_v<T> && !std::is_union_v<T>) {
        return kind::leaf;
    } else if constexpr (pointer_kind<T> != kind::leaf) {
        return pointer_kind<T>;
    } else if constexpr (MarkedLeaf<T>) {
        return kind::leaf;
    } else if constexpr (MarkedWeak<T>) {
        return kind::weak;
    } else if constexpr (std::is_trivially_copyable_v<T> || std::is_empty_v<T>) {
        return kind::leaf;  // a gc::ptr is neither
    } else if constexpr (std::is_polymorphic_v<T> && sizeof(T) == sizeof(void*)) {
        return kind::leaf;  // virtual functions, and no fields
    } else if constexpr (Listed<T> || Traversed<T>) {
        return gc::kind_that_it_says<T>();
    } else if constexpr (is_of_std<T>) {
        return Container<T>    ? kind::container
               : ArrayLike<T>  ? kind::std_array
               : TupleLike<T>  ? kind::tuple
               : VariantLike<T> ? kind::variant
               : OptionalLike<T> ? kind::optional
               : Adaptor<T>      ? kind::adaptor
                                 : kind::leaf;
    } else if constexpr (is_of_amphis<T>) {
        return CachedProperty<T> ? kind::cached : AttributeLike<T> ? kind::attribute : OptionalLike<T> ? kind::optional : Container<T> ? kind::container : kind::leaf;
    } else if constexpr (std::is_base_of_v<std::exception, T>) {
        return kind::leaf;
    } else if constexpr (std::is_aggregate_v<T> && Reflectable<T>) {
        return kind::fields;
    } else {
        return Container<T> ? kind::container : VariantLike<T> ? kind::variant : OptionalLike<T> && requires(T& object) { object.reset(); } ? kind::optional : kind::opaque;
    }
}
template <class T>
consteval kind kind_with_unique() noexcept {
    if constexpr (std::is_class_v<T> && !MarkedLeaf<T>) {
        if constexpr (is_of_std<T> && UniqueLike<T>) return kind_of_unique<T>();
    }
    return find_kind<T>();
}
template <class T>
inline constexpr kind kind_of = kind_with_unique<T>();

/// The sentence for a class that does not say what it holds.
template <class T>
consteval bool assert_traceable() noexcept {
    constexpr kind what = kind_of<T>;
    constexpr bool has_base = std::is_aggregate_v<T> && reflected_facts<T>.fault == reflect_fault::base_with_fields;
    static_assert(what != kind::opaque || !has_base,
                  "amphis: the collector cannot see which gc pointers this struct holds, because a base class of it has fields: give it a public "
                  "member `void traverse(auto&& visit) { visit(static_cast<Base&>(*this), next, items); }`, or `using gc_fields = "
                  "gc::fields<&Node::inherited, &Node::next, &Node::items>;` below its fields, or, if it holds none, `using gc_leaf = void;`");
    static_assert(what != kind::opaque || has_base,
                  "amphis: the collector cannot see which gc pointers this class holds: give it a public member "
                  "`void traverse(auto&& visit) { visit(next_, items_); }`, or `using gc_fields = gc::fields<&Node::next_, &Node::items_>;` below "
                  "its fields, or, if it holds none, `using gc_leaf = void;` (of a class that is not yours: "
                  "`template <> inline constexpr bool amphis::gc::leaf<X> = true;`)");
    static_assert(what != kind::opaque_base,
                  "amphis: the collector cannot see what is behind a std::unique_ptr to a base class: hold a gc::ptr, or say that no class derived "
                  "from it holds gc pointers: `using gc_leaf = void;` in the base");
    static_assert(what != kind::array_owner,
                  "amphis: the collector cannot see what is behind a std::unique_ptr<T[]>, because it does not know how many there are: hold a "
                  "std::vector<T>, or, if a T holds no gc pointers, say so: `using gc_leaf = void;` in T");
    static_assert(what != kind::incomplete,
                  "amphis: the collector cannot see what is behind a std::unique_ptr to a class that is not defined here: define it above, or say "
                  "that it holds no gc pointers: `template <> inline constexpr bool amphis::gc::leaf<X> = true;`");
    static_assert(what != kind::inherits,
                  "amphis: the class inherits traverse() or gc_fields, and has fields of its own: write its own, "
                  "`void traverse(auto&& visit) { Base::traverse(visit); visit(next_); }`, or a list with at least one of its own fields");
    return what != kind::opaque && what != kind::opaque_base && what != kind::array_owner && what != kind::incomplete && what != kind::inherits;
}

// ---- what it is made of ----------------------------------------------------------------------------------------------

template <class T, std::size_t... I>
consteval auto tuple_parts(std::index_sequence<I...>) noexcept {
    return types<typename std::tuple_element<I, T>::type...>();
}
template <template <class...> class Variant, class... Ts>
consteval auto variant_parts(Variant<Ts...> const*) noexcept {
    return types<Ts...>();
}
template <auto Member, auto... Members>
inline constexpr bool is_among = (std::is_same_v<amphis::gc::fields<Member>, amphis::gc::fields<Members>> || ...);
template <auto First, auto... Rest>
consteval bool lists_once(amphis::gc::fields<First, Rest...>) noexcept {
    if constexpr (sizeof...(Rest) == 0) {
        return true;
    } else {
        return !is_among<First, Rest...> && lists_once(amphis::gc::fields<Rest...>());
    }
}
consteval bool lists_once(amphis::gc::fields<>) noexcept { return true; }
template <auto... Members, class T>
consteval auto listed_parts(amphis::gc::fields<Members...> list, T* object) noexcept {
    constexpr bool once = gc::lists_once(decltype(list)());
    static_assert(once, "amphis: gc_fields names a field twice: what it points to would be freed too early");
    return types<std::remove_reference_t<decltype(object->*Members)>...>();
}

/// types<...> of the direct parts, const where they are so.
template <class T>
consteval auto find_parts() noexcept {
    constexpr kind what = kind_of<T>;
    if constexpr (what == kind::array) {
        return types<std::remove_all_extents_t<T>>();
    } else if constexpr (what == kind::std_array || what == kind::container || what == kind::attribute || what == kind::cached) {
        return types<typename T::value_type>();
    } else if constexpr (what == kind::optional) {
        if constexpr (is_of_std<T> && requires { typename T::error_type; }) {  // std::expected
            return types<typename T::value_type, typename T::error_type>();
        } else {
            return types<typename T::value_type>();
        }
    } else if constexpr (what == kind::tuple) {
        return tuple_parts<T>(std::make_index_sequence<std::tuple_size<T>::value>());
    } else if constexpr (what == kind::variant) {
        return variant_parts(static_cast<T const*>(nullptr));
    } else if constexpr (what == kind::owner || what == kind::array_owner) {
        return types<typename T::element_type>();
    } else if constexpr (what == kind::adaptor) {
        return types<typename T::container_type>();
    } else if constexpr (what == kind::fields) {
        return field_types<T>();
    } else if constexpr (what == kind::listed) {
        return listed_parts(typename T::gc_fields(), static_cast<T*>(nullptr));
    } else {
        return types<>();
    }
}
template <class T>
using parts_of = decltype(find_parts<T>());

}  // namespace detail::gc
}  // namespace amphis::inline v0

#endif  // AMPHIS_GC_TRAVERSE_KIND_HPP
