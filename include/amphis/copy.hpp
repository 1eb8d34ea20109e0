// SPDX-License-Identifier: MIT
// copy: copies of objects, of what they point to, and of what is behind a base class.
// Python: docs.python.org/3/library/copy.html
//
//     auto shallow = copy::copy(team);            // a C++ copy: its pointers point to the same people
//     auto deep = copy::deepcopy(team);           // the people are copied, each once, and point to one another as before
//     auto shape = copy::clone(*other);           // of the class that it is, whatever class the reference is of
#ifndef AMPHIS_COPY_HPP
#define AMPHIS_COPY_HPP

#include <amphis/builtins/repr.hpp>
#include <amphis/config.hpp>
#include <amphis/copy/memo.hpp>
#include <amphis/detail/callable.hpp>
#include <amphis/detail/reflect.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <concepts>
#include <cstddef>
#include <new>
#include <string>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace copy {

/// Raised where a deep copy cannot be finished. Python: copy.Error.
struct Error : exception<"Error", Exception> {
    using exception::exception;
};

}  // namespace copy

namespace detail::copying {

// ---- what a type is --------------------------------------------------------------------------------------------------

template <class T>
concept CopiesItself = std::is_class_v<T> && requires(T const& value) { { value.copy() } -> std::convertible_to<T>; };
template <class T>
concept DeepcopiesWithMemo = std::is_class_v<T> && requires(T const& value, copy::memo& memo) { { value.deepcopy(memo) } -> std::convertible_to<T>; };
template <class T>
concept DeepcopiesItself = std::is_class_v<T> && (DeepcopiesWithMemo<T> || requires(T const& value) { { value.deepcopy() } -> std::convertible_to<T>; });

template <class P>
concept Owning = std::is_class_v<P> && requires(P const& pointer) {
    typename P::element_type;
    requires std::is_same_v<decltype(pointer.get()), typename P::element_type*>;
    static_cast<bool>(pointer);
};
template <class P>
concept Shared = Owning<P> && std::is_copy_constructible_v<P> && requires(P const& pointer) { pointer.use_count(); };
template <class P>
concept Unique = Owning<P> && !std::is_copy_constructible_v<P> && requires(P& pointer) { pointer.release(); };
/// std::shared_ptr<T[]>: its element_type is T, as that of a pointer to one. Whether it has a [] says nothing in libc++.
template <class P>
inline constexpr bool owns_array = false;
template <template <class...> class P, class T, class... Rest>
inline constexpr bool owns_array<P<T, Rest...>> = std::is_array_v<T>;
/// There is no way to copy what it points to.
template <class P>
concept SharesForever = Shared<P> && (std::is_void_v<typename P::element_type> || std::is_function_v<typename P::element_type> || owns_array<P>);
template <class P>
concept Weak = std::is_class_v<P> && requires(P const& pointer) {
    pointer.expired();
    { pointer.lock() } -> Shared;
};
/// A pointer to an object that may be among those copied.
template <class P>
concept Raw = std::is_pointer_v<P> && !std::is_void_v<std::remove_pointer_t<P>> && !std::is_function_v<std::remove_pointer_t<P>> &&
              !std::is_volatile_v<std::remove_pointer_t<P>> && !CharacterPointer<P>;

template <class T>
concept Fields = std::is_class_v<T> && std::is_aggregate_v<T> && !Shaped<T> && !Primitive<T> && Reflectable<T>;

// ---- whether a C++ copy is deep already ------------------------------------------------------------------------------

enum class depth : unsigned char { flat, deep, linked };  // linked: there are pointers that do not own

constexpr depth deeper(depth a, depth b) noexcept { return a < b ? b : a; }

template <class T, class... Above>
consteval depth depth_of() noexcept;

template <class... Above, class... Parts>
consteval depth depth_of_parts(types<Above...>, types<Parts...>) noexcept {
    depth result = depth::flat;
    ((result = deeper(result, depth_of<std::remove_cv_t<Parts>, Above...>())), ...);
    return result;
}
template <class T, std::size_t... I>
consteval auto tuple_parts(std::index_sequence<I...>) noexcept {
    return types<std::remove_cvref_t<std::tuple_element_t<I, T>>...>();
}
template <template <class...> class Variant, class... Ts>
consteval auto variant_parts(Variant<Ts...> const*) noexcept {
    return types<Ts...>();
}

/// `Above`: classes that are being looked at, for a class that holds itself in a container.
template <class T, class... Above>
consteval depth depth_of() noexcept {
    constexpr types<T, Above...> above;
    if constexpr ((std::is_same_v<T, Above> || ...)) {
        return depth::flat;
    } else if constexpr (DeepcopiesItself<T>) {
        return depth::linked;  // who knows what it points to
    } else if constexpr (std::is_array_v<T>) {
        return depth_of_parts(types<Above...>(), types<std::remove_all_extents_t<T>>());
    } else if constexpr (Raw<T> || Weak<T>) {
        return depth::linked;
    } else if constexpr (SharesForever<T>) {
        return depth::flat;
    } else if constexpr (Shared<T> || Unique<T>) {
        using E = std::remove_cv_t<typename T::element_type>;
        if constexpr (std::is_polymorphic_v<E>) {
            return depth::linked;
        } else {
            return deeper(depth::deep, depth_of_parts(above, types<E>()));
        }
    } else if constexpr (!std::is_class_v<T> || Primitive<T>) {
        return depth::flat;
    } else {
        constexpr shape kind = shapes::shape_of<T>();
        if constexpr (kind == shape::dict) {
            return depth_of_parts(above, types<typename T::key_type, typename T::mapped_type>());
        } else if constexpr (kind == shape::list || kind == shape::set) {
            return depth_of_parts(above, types<shapes::element_of<T>>());
        } else if constexpr (kind == shape::optional) {
            return depth_of_parts(above, types<typename T::value_type>());
        } else if constexpr (kind == shape::tuple) {
            return depth_of_parts(above, tuple_parts<T>(std::make_index_sequence<std::tuple_size<T>::value>()));
        } else if constexpr (kind == shape::variant) {
            return depth_of_parts(above, variant_parts(static_cast<T const*>(nullptr)));
        } else if constexpr (Fields<T>) {
            return depth_of_parts(above, field_types<T>());
        } else {
            return depth::flat;
        }
    }
}
template <class T>
inline constexpr depth depth_v = depth_of<T>();
template <class T>
inline constexpr bool flat = depth_v<T> == depth::flat;

template <class... Field>
consteval bool fields_assignable(types<Field...>) noexcept;
/// Made of {} and then filled, in its place.
template <class T>
consteval bool can_fill() noexcept {
    if constexpr (Fields<T> && !DeepcopiesItself<T> && requires { T{}; }) {
        return fields_assignable(field_types<T>());
    } else {
        return false;
    }
}
template <class F>
consteval bool is_fillable() noexcept {
    if constexpr (std::is_array_v<F>) {
        return is_fillable<std::remove_extent_t<F>>();
    } else {
        return std::is_move_assignable_v<F> || can_fill<F>();
    }
}
template <class... Field>
consteval bool fields_assignable(types<Field...>) noexcept {
    return (is_fillable<Field>() && ...);
}

template <class T>
consteval void assert_copyable() noexcept {
    static_assert(std::is_copy_constructible_v<T>,
                  "amphis: un(deep)copyable object: its class cannot be copied; give it a member `T deepcopy(copy::memo&) const`, or `T copy() const`");
}
template <class T>
consteval void assert_clonable() noexcept {
    constexpr bool ok = requires(T const& object) { object.clone(); } || requires(T const& object, copy::memo& memo) { object.clone(memo); };
    static_assert(ok, "amphis: an object behind a base class is copied by its clone(): declare `virtual std::unique_ptr<Base> clone() const` there; "
                      "copy::clonable<Derived, Base> defines it");
}

// ---- making copies ---------------------------------------------------------------------------------------------------

/// An allocator that brings the namespace of its second parameter along: allocate_shared is found there, and <memory> need not be
/// included by who has no std::shared_ptr.
template <class T, class Namespace>
struct heap {
    using value_type = T;
    template <class U>
    struct rebind {
        using other = heap<U, Namespace>;
    };
    heap() noexcept = default;
    template <class U>
    heap(heap<U, Namespace> const&) noexcept {}  // NOLINT(google-explicit-constructor)
    [[nodiscard]] T* allocate(std::size_t count) {
        if constexpr (alignof(T) > __STDCPP_DEFAULT_NEW_ALIGNMENT__) {
            return static_cast<T*>(::operator new(count * sizeof(T), std::align_val_t(alignof(T))));
        } else {
            return static_cast<T*>(::operator new(count * sizeof(T)));
        }
    }
    void deallocate(T* at, std::size_t) noexcept {
        if constexpr (alignof(T) > __STDCPP_DEFAULT_NEW_ALIGNMENT__) {
            ::operator delete(at, std::align_val_t(alignof(T)));
        } else {
            ::operator delete(at);
        }
    }
    [[nodiscard]] friend bool operator==(heap const&, heap const&) noexcept { return true; }
};

template <class>
void allocate_shared() = delete;  // a template of this name, so that allocate_shared<E>(...) is a call; the one of the pointer is found through it

/// P, owning a new E made of the arguments.
template <class P, class E, class... A>
P make_owner(A&&... arguments) {
    if constexpr (requires { P(allocate_shared<E>(heap<E, P>(), static_cast<A&&>(arguments)...)); }) {
        return P(allocate_shared<E>(heap<E, P>(), static_cast<A&&>(arguments)...));
    } else {
        return P(new E(static_cast<A&&>(arguments)...));
    }
}

/// Not before the copy is in its place may a pointer in it be changed later.
template <bool Stable, class T>
void deep_into(T& to, T const& from, copy::memo& memo);
template <class T>
T deep(T const& from, copy::memo& memo);

/// T{...} takes all fields: there is no base and no array, which cannot be copied so.
template <class... Field>
consteval bool no_arrays(types<Field...>) noexcept {
    return (!std::is_array_v<Field> && ...);
}
template <class T>
consteval bool made_of_parts() noexcept {
    if constexpr (Fields<T> && !DeepcopiesItself<T>) {
        return reflected_facts<T>.bases == 0 && no_arrays(field_types<T>());
    } else {
        return false;
    }
}
/// Copied, and then filled in its place: neither {} nor its parts make it.
template <class T>
consteval bool can_refill() noexcept {
    if constexpr (Fields<T> && !DeepcopiesItself<T> && std::is_copy_constructible_v<T>) {
        return fields_assignable(field_types<T>());
    } else {
        return false;
    }
}
template <class T>
consteval void assert_makeable() noexcept {
    static_assert(!Fields<T> || DeepcopiesItself<T>,
                  "amphis: un(deep)copyable object: the struct has an array or a base, and a field that can neither be made of {} nor be assigned; "
                  "give it a member `T deepcopy(copy::memo&) const`");
}
template <class T>
T of_parts(T const& from, copy::memo& memo) {
    return with_fields(from, [&memo](auto const&... field) -> T { return T{copying::deep(field, memo)...}; });
}
/// Converts to the copy, so that it is made in its place.
template <class T>
struct parts {
    T const& from;
    copy::memo& memo;
    operator T() const { return copying::of_parts(from, memo); }  // NOLINT(google-explicit-constructor)
};

template <bool Stable, class T>
void fill(T& to, T const& from, copy::memo& memo) {
    with_fields(to, [&](auto&... target) {
        with_fields(from, [&](auto const&... source) { (copying::deep_into<Stable>(target, source, memo), ...); });
    });
}

template <class P>
P deep_clone(typename P::element_type const& object, copy::memo& memo) {
    using E = typename P::element_type;
    assert_clonable<E>();
    if constexpr (requires { object.clone(memo); }) {
        return P(object.clone(memo));
    } else if constexpr (requires { object.clone(); }) {
        return P(object.clone());
    } else {
        return P();
    }
}

template <class P>
P deep_shared(P const& from, copy::memo& memo) {
    using E = std::remove_cv_t<typename P::element_type>;
    if (!from) return P();
    if constexpr (SharesForever<P>) {
        return from;
    } else {
        bool const remember = from.use_count() > 1 || memo.links() || memo.keeps_originals();
        if (remember) {
            if (entry const* const found = memo.find(from.get())) {
                if (found->destroy == nullptr) throw copy::Error("a cycle leads through an object that cannot be made before its parts");
                return *std::launder(reinterpret_cast<P const*>(found->owner));
            }
        }
        if constexpr (std::is_polymorphic_v<E> && !std::is_final_v<E>) {
            P made = deep_clone<P>(*from, memo);
            if (remember) memo.remember_owner(from, made);
            return made;
        } else if constexpr (can_fill<E>()) {
            if constexpr (made_of_parts<E>()) {  // nothing refers to it: it need not be there before its parts
                if (!remember) return make_owner<P, E>(parts<E>{*from, memo});
            }
            P made = make_owner<P, E>();
            if (remember) memo.remember_owner(from, made);
            copying::fill<true>(const_cast<E&>(*made), *from, memo);
            return made;
        } else {
            entry* const mark = remember ? &memo.remember<E>(from.get(), nullptr) : nullptr;
            P made = make_owner<P, E>(copying::deep(static_cast<E const&>(*from), memo));
            if (mark != nullptr) memo.own(*mark, from, made);
            return made;
        }
    }
}

template <class P>
consteval bool assert_unique() noexcept {
    constexpr bool one = !owns_array<P>;
    static_assert(one, "amphis: a std::unique_ptr to an array does not know its size: hold a std::vector");
    constexpr bool made_by_new = !one || std::is_constructible_v<P, std::remove_cv_t<typename P::element_type>*>;
    static_assert(made_by_new, "amphis: a std::unique_ptr with a function for a deleter does not say how its object is made: hold it in a class that does, "
                               "by a member `T deepcopy(copy::memo&) const`, or `T copy() const`");
    return one && made_by_new;
}

template <class P>
P deep_unique(P const& from, copy::memo& memo) {
    using Element = typename P::element_type;
    using E = std::remove_cv_t<Element>;
    if constexpr (!assert_unique<P>()) {
        __builtin_unreachable();  // a sentence says why
    } else if (!from) {
        return P();
    } else if constexpr (std::is_polymorphic_v<E> && !std::is_final_v<E>) {
        P made = deep_clone<P>(*from, memo);
        if (memo.links()) memo.remember<E>(from.get(), const_cast<E*>(made.get()));
        return made;
    } else if constexpr (can_fill<E>()) {
        if constexpr (made_of_parts<E>()) {
            if (!memo.links()) return P(new E(parts<E>{*from, memo}));
        }
        E* const object = new E{};
        P made(object);
        if (memo.links()) memo.remember(from.get(), object);
        copying::fill<true>(*object, *from, memo);
        return made;
    } else {
        P made(new E(copying::deep(static_cast<E const&>(*from), memo)));
        if (memo.links()) memo.remember<E>(from.get(), const_cast<E*>(made.get()));
        return made;
    }
}

/// A pointer that does not own: to the copy, where what it points to is copied.
template <bool Stable, class P>
void deep_link(P& to, P const& from, copy::memo& memo) {
    if constexpr (Weak<P>) {
        to = from;
        auto const owner = from.lock();
        if (!owner) return;
        using Owner = std::remove_const_t<decltype(owner)>;
        auto const resolve = [](void* place, entry const& found) {
            if (found.destroy != nullptr) *static_cast<P*>(place) = *std::launder(reinterpret_cast<Owner const*>(found.owner));
        };
        if (entry const* const found = memo.find(owner.get())) return resolve(&to, *found);
        if constexpr (Stable) memo.expect(&to, owner.get(), &type_key<std::remove_cv_t<typename Owner::element_type>>, resolve);
    } else {
        to = from;
        if (from == nullptr) return;
        using E = std::remove_cv_t<std::remove_pointer_t<P>>;
        auto const resolve = [](void* place, entry const& found) {
            if (found.to != nullptr) *static_cast<P*>(place) = static_cast<E*>(found.to);
        };
        if (entry const* const found = memo.find(from)) return resolve(&to, *found);
        if constexpr (Stable) memo.expect(&to, from, &type_key<E>, resolve);
    }
}

template <class T, std::size_t... I>
T deep_tuple(T const& from, copy::memo& memo, std::index_sequence<I...>) {
    return T{copying::deep(tuple_access::element<I>(from), memo)...};
}
namespace variants {
template <std::size_t I>
void get_if() = delete;
template <std::size_t I = 0, template <class...> class Variant, class... Ts>
Variant<Ts...> deep_variant(Variant<Ts...> const& from, copy::memo& memo) {
    if constexpr (I != sizeof...(Ts)) {
        if (from.index() == I) return Variant<Ts...>(std::in_place_index<I>, copying::deep(*get_if<I>(&from), memo));
        return variants::deep_variant<I + 1>(from, memo);
    } else if constexpr (std::is_copy_constructible_v<Variant<Ts...>>) {
        return from;  // it holds nothing
    } else {
        throw copy::Error("un(deep)copyable object: a std::variant that lost its value");
    }
}
}  // namespace variants

template <bool Stable, class C>
void deep_elements(C& to, C const& from, copy::memo& memo) {
    if constexpr (requires { to.reserve(from.size()); }) to.reserve(from.size());
    for (auto const& item : from) {
        using E = std::remove_cvref_t<decltype(item)>;
        if constexpr (Stable && can_fill<E>() && !flat<E> && requires { to.emplace_back(); }) {
            copying::deep_into<true>(to.emplace_back(), item, memo);
        } else if constexpr (Stable && (Raw<E> || Weak<E>) && requires { to.emplace_back(item); }) {
            copying::deep_link<true>(to.emplace_back(item), item, memo);
        } else if constexpr (requires { to.emplace_back(copying::deep(item, memo)); }) {
            to.emplace_back(copying::deep(item, memo));
        } else if constexpr (requires { to.push_back(copying::deep(item, memo)); }) {
            to.push_back(copying::deep(item, memo));
        } else if constexpr (requires { to.push_front(copying::deep(item, memo)); to.reverse(); }) {
            to.push_front(copying::deep(item, memo));
        } else {
            to.emplace_hint(to.end(), copying::deep(item, memo));
        }
    }
    // A std::forward_list grows at its front only.
    if constexpr (!requires { to.push_back(*from.begin()); } && requires { to.push_front(*from.begin()); to.reverse(); }) to.reverse();
}

/// Its order, or its hash, is an object that a new container would not have: a pointer to a function, a lambda with captures.
template <class C>
concept OrderedByObject = requires(C const& container) {
    requires !std::is_empty_v<decltype(container.key_comp())>;
    C(container.key_comp());
};
template <class C>
concept HashedByObject = requires(C const& container) {
    requires !std::is_empty_v<decltype(container.hash_function())> || !std::is_empty_v<decltype(container.key_eq())>;
    C(std::size_t(), container.hash_function(), container.key_eq());
};
/// A container that can be filled again: one that owns its elements.
template <class C>
concept Refillable = (std::is_default_constructible_v<C> || OrderedByObject<C> || HashedByObject<C>) && requires(C& container) {
    container.clear();
    container.begin();
};
template <class C>
C empty_like([[maybe_unused]] C const& from) {
    if constexpr (OrderedByObject<C>) {
        return C(from.key_comp());
    } else if constexpr (HashedByObject<C>) {
        return C(std::size_t(), from.hash_function(), from.key_eq());
    } else {
        return C{};
    }
}

template <class T>
T deep(T const& from, copy::memo& memo) {
    if constexpr (DeepcopiesWithMemo<T>) {
        return from.deepcopy(memo);
    } else if constexpr (DeepcopiesItself<T>) {
        return from.deepcopy();
    } else if constexpr (Shared<T>) {
        return copying::deep_shared(from, memo);
    } else if constexpr (Unique<T>) {
        return copying::deep_unique(from, memo);
    } else if constexpr (Weak<T> || Raw<T>) {
        T to = from;
        copying::deep_link<false>(to, from, memo);
        return to;
    } else if constexpr (flat<T>) {
        assert_copyable<T>();
        return from;
    } else {
        constexpr shape kind = shapes::shape_of<T>();
        if constexpr (kind == shape::optional) {
            return from.has_value() ? T(copying::deep(*from, memo)) : T();
        } else if constexpr (kind == shape::tuple || (kind == shape::list && shapes::TupleLike<T>)) {
            return copying::deep_tuple(from, memo, std::make_index_sequence<std::tuple_size<T>::value>());
        } else if constexpr (kind == shape::variant) {
            return variants::deep_variant(from, memo);
        } else if constexpr (Refillable<T>) {
            T to = copying::empty_like(from);
            copying::deep_elements<false>(to, from, memo);
            return to;
        } else if constexpr (can_fill<T>()) {
            T to{};
            copying::fill<false>(to, from, memo);
            return to;
        } else if constexpr (made_of_parts<T>()) {
            return copying::of_parts(from, memo);
        } else if constexpr (can_refill<T>()) {
            T to(from);
            copying::fill<false>(to, from, memo);
            return to;
        } else {
            assert_copyable<T>();
            assert_makeable<T>();
            return from;
        }
    }
}

template <bool Stable, class T>
void deep_into(T& to, T const& from, copy::memo& memo) {
    if constexpr (std::is_array_v<T>) {
        for (std::size_t i = 0; i != std::extent_v<T>; ++i) copying::deep_into<Stable>(to[i], from[i], memo);
    } else if constexpr (DeepcopiesItself<T>) {
        to = copying::deep(from, memo);
    } else if constexpr (Weak<T> || Raw<T>) {
        copying::deep_link<Stable>(to, from, memo);
    } else if constexpr (flat<T> && std::is_copy_assignable_v<T>) {
        to = from;
    } else if constexpr (can_fill<T>()) {
        copying::fill<Stable>(to, from, memo);
    } else if constexpr (Refillable<T> && !flat<T> && !Shared<T> && !Unique<T> && shapes::shape_of<T>() != shape::optional) {
        if constexpr (OrderedByObject<T> || HashedByObject<T>) {
            to = copying::empty_like(from);
        } else {
            to.clear();
        }
        copying::deep_elements<Stable>(to, from, memo);
    } else {
        to = copying::deep(from, memo);
    }
}

/// The outermost call: what is forward is resolved when it ends.
class journey {
public:
    journey(copy::memo& memo, bool links) noexcept : memo_(memo), since_(memo.enter(links)) {}
    journey(journey const&) = delete;
    journey& operator=(journey const&) = delete;
    ~journey() {
        if (!arrived_) memo_.abandon(since_);
    }
    void arrive() noexcept {
        arrived_ = true;
        memo_.leave();
    }

private:
    copy::memo& memo_;
    copy::memo::mark since_;
    bool arrived_ = false;
};

template <class T>
T deepcopy(T const& value, copy::memo& memo) {
    if (memo.is_within_another()) {  // whoever asked for it will move it: no pointer in it stays where it is
        journey part(memo, depth_v<T> == depth::linked);
        T to = copying::deep(value, memo);
        part.arrive();
        return to;
    }
    if constexpr (can_fill<T>() && !flat<T>) {
        journey whole(memo, depth_v<T> == depth::linked);
        T to{};
        copying::fill<true>(to, value, memo);
        whole.arrive();
        return to;
    } else if constexpr (Refillable<T> && !flat<T> && !Shared<T> && !Unique<T> && !DeepcopiesItself<T> && shapes::shape_of<T>() != shape::optional) {
        journey whole(memo, depth_v<T> == depth::linked);
        T to = copying::empty_like(value);
        copying::deep_elements<true>(to, value, memo);
        whole.arrive();
        return to;
    } else {
        journey whole(memo, depth_v<T> == depth::linked);
        T to = copying::deep(value, memo);
        whole.arrive();
        return to;
    }
}

/// What a copy of a T is: of a literal, or of a buffer that holds a string, that string.
template <class T>
struct copied {
    using type = T;
};
template <class T>
    requires std::is_array_v<T>
struct copied<T> {
    static_assert(std::is_same_v<std::remove_cv_t<std::remove_extent_t<T>>, char>,
                  "amphis: a function cannot return a C array: copy the struct that holds it, or hold a std::array");
    using type = std::string;
};
template <class T>
using copy_of = typename copied<T>::type;
/// As repr shows it: up to its NUL.
inline std::string copy_of_string(char const* from, std::size_t size) {
    std::size_t length = 0;
    while (length != size && from[length] != '\0') ++length;
    return std::string(from, length);
}

struct deepcopy_fn {
    template <class T>
    [[nodiscard]] copy_of<T> operator()(T const& value) const {
        if constexpr (std::is_array_v<T>) {
            return copy_of_string(value, std::extent_v<T>);
        } else if constexpr (flat<T>) {
            assert_copyable<T>();
            return value;
        } else {
            copy::memo memo;
            return copying::deepcopy(value, memo);
        }
    }
    template <class T>
    [[nodiscard]] copy_of<T> operator()(T const& value, copy::memo& memo) const {
        if constexpr (std::is_array_v<T>) {
            return copy_of_string(value, std::extent_v<T>);
        } else {
            memo.keep_originals();
            return copying::deepcopy(value, memo);
        }
    }
};

template <class P>
P copy_owned(P const& from);

struct copy_fn {
    template <class T>
    [[nodiscard]] constexpr copy_of<T> operator()(T const& value) const {
        if constexpr (std::is_array_v<T>) {
            return copy_of_string(value, std::extent_v<T>);
        } else if constexpr (CopiesItself<T>) {
            return value.copy();
        } else if constexpr (Shared<T> || Unique<T>) {
            return copying::copy_owned(value);
        } else {
            assert_copyable<T>();
            return value;
        }
    }
};

template <class P>
P copy_owned(P const& from) {
    using E = std::remove_cv_t<typename P::element_type>;
    if constexpr (SharesForever<P>) {
        return from;
    } else if constexpr (Unique<P> && !assert_unique<P>()) {
        __builtin_unreachable();  // a sentence says why
    } else if (!from) {
        return P();
    } else if constexpr (std::is_polymorphic_v<E> && !std::is_final_v<E>) {
        assert_clonable<E>();
        if constexpr (requires { from->clone(); }) {
            return P(from->clone());
        } else {
            copy::memo memo;
            return copying::deep_clone<P>(*from, memo);
        }
    } else {
        return make_owner<P, E>(copy_fn()(static_cast<E const&>(*from)));
    }
}

struct clone_fn {
    template <class T>
    [[nodiscard]] constexpr auto operator()(T const& object) const {
        if constexpr (requires { object.clone(); }) {
            return object.clone();
        } else if constexpr (std::is_pointer_v<T> || Owning<T>) {
            assert_clonable<std::remove_cvref_t<decltype(*object)>>();
            if constexpr (requires { object->clone(); }) return object->clone();
        } else {
            assert_clonable<T>();
        }
    }
};

}  // namespace detail::copying

namespace copy {

/// A copy of one object: what it points to is shared with the original.
///
///     auto b = copy::copy(a);                          // b.children[0] == a.children[0], the same child
///     auto q = copy::copy(p);                          // p a std::shared_ptr: a new object, as copy.copy(p) is in Python
///
/// value     anything that can be copied; a class with a member `copy()` is asked.
/// Returns   a T; of a literal a std::string. Of a shared_ptr or unique_ptr: one that owns a copy of the object; behind a base class, its clone().
/// Raises    what copying raises.
/// Differs   what C++ holds by value, Python holds by reference: copying a std::vector copies its elements, and only pointers show
///           the difference between copy and deepcopy.
/// Source    Lib/copy.py, copy (CPython 3.11).
inline constexpr detail::copying::copy_fn copy{};

/// A copy of an object and of all that it owns or shares, in any depth. What was one object twice is one object twice in the copy,
/// and cycles close.
///
///     auto b = copy::deepcopy(a);
///     auto c = copy::deepcopy(a, memo);                // with what the memo has seen before
///
/// value     containers, optionals, tuples, variants, shared_ptr, unique_ptr, weak_ptr and plain structs of them, without your writing
///           anything. A class of yours that holds pointers has a member `T deepcopy(copy::memo&) const`; any other is copied as C++ does.
/// Pointers  plain and weak ones go to the copy of what they pointed to, where that was owned by a smart pointer that was copied; else
///           they stay. One that points to what is copied later is set at the end, if it is a field or an element of a std::vector.
/// Returns   a T.
/// Raises    what copying raises; copy::Error for a cycle through an object that can only be made of its parts.
/// Cost      one allocation for each object behind a pointer; an object with one owner is not looked up, unless something in the types
///           points without owning. What holds no pointers is copied by its copy constructor. The depth of what points to one another is the
///           depth of calls, as in Python, without its RecursionError.
/// Differs   a shared_ptr to an array or to void is shared, not copied. The copy of what a unique_ptr owns is made by `new`.
/// Source    Lib/copy.py, deepcopy (CPython 3.11).
inline constexpr detail::copying::deepcopy_fn deepcopy{};

/// A copy of an object behind a base class, of the class that it is: object.clone().
///
///     std::unique_ptr<Shape> s = copy::clone(*shape);       // or copy::clone(shape)
inline constexpr detail::copying::clone_fn clone{};

/// Defines the clone() that a base class declares, by the copy constructor.
///
///     struct Shape { virtual ~Shape() = default; virtual std::unique_ptr<Shape> clone() const = 0; };
///     struct Circle : copy::clonable<Circle, Shape> { ... };
template <class Derived, class Base>
struct clonable : Base {
    using Base::Base;
    [[nodiscard]] decltype(std::declval<Base const&>().clone()) clone() const override {
        return decltype(std::declval<Base const&>().clone())(new Derived(static_cast<Derived const&>(*this)));
    }
};

template <class T>
T memo::operator()(T const& value) {
    keep_originals();
    return detail::copying::deepcopy(value, *this);
}

}  // namespace copy
}  // namespace amphis::inline v0

#endif  // AMPHIS_COPY_HPP
