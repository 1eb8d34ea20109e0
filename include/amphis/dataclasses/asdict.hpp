// SPDX-License-Identifier: MIT
// dataclasses/asdict: the fields as a dict, and as a tuple.
#ifndef AMPHIS_DATACLASSES_ASDICT_HPP
#define AMPHIS_DATACLASSES_ASDICT_HPP

#include <amphis/builtins/repr.hpp>
#include <amphis/config.hpp>
#include <amphis/copy.hpp>
#include <amphis/dataclasses/compare.hpp>
#include <amphis/dataclasses/fields.hpp>
#include <amphis/dataclasses/options.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/reflect.hpp>
#include <amphis/detail/text.hpp>

#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace dataclasses {
template <class T>
class dict;
template <class V>
class dict_view;
}  // namespace dataclasses

namespace detail::dataclass {

/// Whether there is a dataclass in a V that asdict() shows as a dict, too.
template <class V>
consteval bool holds_dataclass() noexcept {
    if constexpr (Dataclass<V>) {
        return true;
    } else if constexpr (std::is_array_v<V>) {
        return holds_dataclass<std::remove_cv_t<std::remove_extent_t<V>>>();
    } else {
        constexpr shape kind = shapes::shape_of<V>();
        if constexpr (kind == shape::dict) {
            return holds_dataclass<typename V::mapped_type>();
        } else if constexpr (kind == shape::list) {
            return holds_dataclass<shapes::element_of<V>>();
        } else if constexpr (kind == shape::optional) {
            return holds_dataclass<typename V::value_type>();
        } else {
            return false;
        }
    }
}

template <class V>
constexpr decltype(auto) view_of(V const& value) noexcept {
    if constexpr (holds_dataclass<V>()) {
        return dataclasses::dict_view<V>(value);
    } else {
        return (value);
    }
}

template <class V>
void as_dict_to(text& out, V const& value) {
    if constexpr (Dataclass<V>) {
        out.push_back('{');
        with_fields(value, [&out](auto const&... field) {
            std::size_t i = 0;
            bool first = true;
            [[maybe_unused]] auto const one = [&](auto const& item) {
                std::size_t const at = i++;
                if constexpr (!ClassAttribute<std::remove_cvref_t<decltype(item)>>) {
                    if (!first) out.append(", ", 2);
                    first = false;
                    repr_str_to(out, field_names<V>[at]);
                    out.append(": ", 2);
                    dataclass::as_dict_to(out, item);
                }
            };
            (one(field), ...);
        });
        out.push_back('}');
    } else if constexpr (!holds_dataclass<V>()) {
        repr_item(out, value);
    } else if constexpr (shapes::shape_of<V>() == shape::optional) {
        if (!value.has_value()) return out.append("None", 4);
        dataclass::as_dict_to(out, *value);
    } else {
        constexpr bool is_dict = shapes::shape_of<V>() == shape::dict;
        out.push_back(is_dict ? '{' : '[');
        bool first = true;
        for (auto const& item : value) {
            if (!first) out.append(", ", 2);
            first = false;
            if constexpr (is_dict) {
                repr_item(out, item.first);
                out.append(": ", 2);
                dataclass::as_dict_to(out, item.second);
            } else {
                dataclass::as_dict_to(out, item);
            }
        }
        out.push_back(is_dict ? '}' : ']');
    }
}

template <class T, fixed_string Name>
consteval std::size_t index_of_field() noexcept {
    constexpr std::size_t i = field_names<T>.find(chars(Name.data(), Name.size()));
    if constexpr (i == field_count<T>) (void)sizeof(no_such_field<Name>);
    return i;
}

}  // namespace detail::dataclass

namespace dataclasses {

/// What a dict of asdict() gives for a field that holds dataclasses: it shows and is read as the dict, or the list of dicts, that Python
/// has there. It refers to the dict.
template <class V>
class dict_view {
public:
    constexpr explicit dict_view(V const& value) noexcept : value_(__builtin_addressof(value)) {}

    /// The object itself.
    [[nodiscard]] constexpr V const& get() const noexcept { return *value_; }

    template <fixed_string Name>
        requires detail::dataclass::Dataclass<V>
    [[nodiscard]] constexpr decltype(auto) operator[](detail::keyword<Name>) const noexcept {
        constexpr std::size_t i = detail::dataclass::index_of_field<V, Name>();
        if constexpr (i != detail::field_count<V>) return detail::dataclass::view_of(detail::field_at<i>(*value_));
    }
    /// An item of a list or of a map. Not checked, as the container's own.
    template <class Index>
        requires(!detail::dataclass::Dataclass<V> && !requires { typename V::mapped_type; })
    [[nodiscard]] constexpr decltype(auto) operator[](Index const& index) const {
        return detail::dataclass::view_of((*value_)[static_cast<std::size_t>(index)]);
    }
    template <class Key>
        requires(!detail::dataclass::Dataclass<V> && requires(V const& map, Key const& key) { map.at(key); typename V::mapped_type; })
    [[nodiscard]] constexpr decltype(auto) operator[](Key const& key) const {
        return detail::dataclass::view_of(value_->at(key));
    }
    [[nodiscard]] constexpr std::size_t size() const noexcept {
        if constexpr (detail::dataclass::Dataclass<V>) {
            return fields<V>().size();
        } else if constexpr (std::is_array_v<V>) {
            return std::extent_v<V>;
        } else if constexpr (requires { value_->size(); }) {
            return static_cast<std::size_t>(value_->size());
        } else {
            return value_->has_value() ? 1 : 0;
        }
    }

private:
    V const* value_;
};

/// The dict of asdict(): a copy of the object that shows, and is read, as a dict.
///
///     auto d = dc::asdict(p);
///     print(d);                          // {'name': 'Alice', 'age': 30}
///     d["age"_k];                        // 30, an int
///     d["age"_k] = 31;
///     d.keys();                          // ('name', 'age')
///     d.for_each([](std::string_view key, auto const& value) { print(key, value); });
///     d.unpack(fn);                      // fn(**d): fn("name"_k = ..., "age"_k = ...)
///
/// Why       the values have types of their own, known where the program is compiled. A map of std::any would lose them, allocate for
///           each, and print only what it is told of; a map of variants would have to be searched.
template <class T>
class dict {
public:
    explicit dict(T&& object) noexcept(std::is_nothrow_move_constructible_v<T>) : object_(static_cast<T&&>(object)) {}

    /// The value of a key. A key that is not there is a compile error that names it. Values that hold dataclasses are read as dicts.
    template <fixed_string Name>
    [[nodiscard]] constexpr decltype(auto) operator[](detail::keyword<Name>) noexcept {
        constexpr std::size_t i = detail::dataclass::index_of_field<T, Name>();
        if constexpr (i == detail::field_count<T>) {
            return;
        } else if constexpr (detail::dataclass::holds_dataclass<std::remove_cv_t<detail::field_type<i, T>>>()) {
            return detail::dataclass::view_of(std::as_const(detail::field_at<i>(object_)));
        } else {
            return (detail::field_at<i>(object_));
        }
    }
    template <fixed_string Name>
    [[nodiscard]] constexpr decltype(auto) operator[](detail::keyword<Name>) const noexcept {
        constexpr std::size_t i = detail::dataclass::index_of_field<T, Name>();
        if constexpr (i != detail::field_count<T>) return detail::dataclass::view_of(detail::field_at<i>(object_));
    }

    [[nodiscard]] static constexpr std::size_t size() noexcept { return fields<T>().size(); }
    [[nodiscard]] static constexpr auto keys() noexcept {
        constexpr auto all = fields<T>();
        detail::dataclass::constant_tuple<std::string_view, all.size()> names;
        for (std::size_t i = 0; i != all.size(); ++i) names.entries[i] = all[i].name;
        return names;
    }
    [[nodiscard]] static constexpr bool contains(std::string_view key) noexcept {
        for (std::string_view const name : keys()) {
            if (name == key) return true;
        }
        return false;
    }

    /// function(key, value) for each item, in order.
    template <class F>
    constexpr void for_each(F&& function) const {
        detail::with_fields(object_, [&](auto const&... field) {
            std::size_t i = 0;
            [[maybe_unused]] auto const one = [&](auto const& value) {
                std::size_t const at = i++;
                if constexpr (!detail::dataclass::ClassAttribute<std::remove_cvref_t<decltype(value)>>) {
                    function(detail::dataclass::as_view(detail::field_names<T>[at]), detail::dataclass::view_of(value));
                }
            };
            (one(field), ...);
        });
    }
    /// function("key"_k = value...). Python: function(**d).
    template <class F>
    constexpr decltype(auto) unpack(F&& function) const {
        return unpacked(static_cast<F&&>(function), std::make_index_sequence<detail::field_count<T>>());
    }

    /// The object itself.
    [[nodiscard]] constexpr T const& get() const noexcept { return object_; }

    [[nodiscard]] friend constexpr bool operator==(dict const& a, dict const& b) { return detail::dataclass::equal_fields(a.object_, b.object_); }

private:
    // g++ 12 cannot capture a pack in a lambda within a generic one.
    template <class F, std::size_t... I>
    constexpr decltype(auto) unpacked(F&& function, std::index_sequence<I...>) const {
        return static_cast<F&&>(function)(
            detail::kwarg<detail::dataclass::name_of<T, I>, detail::field_type<I, T const>&>(detail::field_at<I>(object_))...);
    }

    T object_;
};

}  // namespace dataclasses

namespace detail {

template <class T>
void repr_to(text& out, dataclasses::dict<T> const& value) {
    dataclass::as_dict_to(out, value.get());
}
template <class T>
void str_to(text& out, dataclasses::dict<T> const& value) {
    dataclass::as_dict_to(out, value.get());
}
template <class V>
void repr_to(text& out, dataclasses::dict_view<V> const& value) {
    dataclass::as_dict_to(out, value.get());
}
template <class V>
void str_to(text& out, dataclasses::dict_view<V> const& value) {
    dataclass::as_dict_to(out, value.get());
}

}  // namespace detail

namespace detail::dataclass {

// ---- astuple ---------------------------------------------------------------------------------------------------------

template <class V>
constexpr auto as_tuple(V const& value);

template <class V>
using tuple_of = decltype(dataclass::as_tuple(std::declval<V const&>()));

/// A container with other elements: C<Inner, allocator<Inner>> with tuples for the Inner.
template <class E, template <class, class> class C, class Old, class A>
consteval auto with_elements(C<Old, A> const*) noexcept {
    return types<C<E, typename std::allocator_traits<A>::template rebind_alloc<E>>>();
}
template <class E, template <class> class C, class Old>
consteval auto with_elements(C<Old> const*) noexcept {
    return types<C<E>>();
}
template <class E, template <class, std::size_t> class C, class Old, std::size_t N>
consteval auto with_elements(C<Old, N> const*) noexcept {
    return types<C<E, N>>();
}

template <class V>
constexpr auto as_tuple(V const& value) {
    if constexpr (Dataclass<V>) {
        return with_fields(value, [](auto const&... field) { return std::tuple<tuple_of<std::remove_cvref_t<decltype(field)>>...>(dataclass::as_tuple(field)...); });
    } else if constexpr (!holds_dataclass<V>() || shapes::shape_of<V>() == shape::dict || std::is_array_v<V>) {
        return copy::deepcopy(value);
    } else {
        using E = tuple_of<std::remove_cvref_t<decltype(*value.begin())>>;
        using C = typename tail_of<decltype(with_elements<E>(static_cast<V const*>(nullptr)))>::head;
        C result{};
        if constexpr (requires { std::tuple_size<C>::value; }) {
            std::size_t i = 0;
            for (auto const& item : value) result[i++] = dataclass::as_tuple(item);
        } else {
            for (auto const& item : value) result.insert(result.end(), dataclass::as_tuple(item));
        }
        return result;
    }
}

struct asdict_fn {
    template <class T>
    [[nodiscard]] constexpr dataclasses::dict<T> operator()(T const& object) const {
        if constexpr (assert_dataclass<T>()) {
            return dataclasses::dict<T>(copy::deepcopy(object));
        } else {
            __builtin_unreachable();  // a sentence says why
        }
    }
};
struct astuple_fn {
    template <class T>
    [[nodiscard]] constexpr auto operator()(T const& object) const {
        if constexpr (assert_dataclass<T>()) return dataclass::as_tuple(object);
    }
};

}  // namespace detail::dataclass

namespace dataclasses {

/// The fields by their names, and dataclasses in them, in lists and in maps, too. A deep copy, as in Python.
///
///     print(dc::asdict(p));                  // {'name': 'Alice', 'age': 30}
///     dc::asdict(p)["age"_k];                // 30
///     dc::asdict(team)["people"_k][0]["name"_k];
///
/// Returns   a dict<T>: see there what it is and why.
/// Cost      one deep copy of the object; keys are found when the program is compiled.
/// Differs   keys are known to the compiler, values keep their types: the dict cannot grow. Python's dict_factory is unpack(fn).
/// Source    Lib/dataclasses.py, asdict (CPython 3.11).
inline constexpr detail::dataclass::asdict_fn asdict{};

/// The values of the fields: a std::tuple, in which dataclasses are tuples, too, also in lists. A deep copy, as in Python.
///
///     print(dc::astuple(p));                 // ('Alice', 30)
///     auto [name, age] = dc::astuple(p);     // or, without copying: auto& [name, age] = p;
///
/// Differs   C arrays and maps of dataclasses are copied as they are not: an array of them does not compile, a map keeps them.
/// Source    Lib/dataclasses.py, astuple (CPython 3.11).
inline constexpr detail::dataclass::astuple_fn astuple{};

}  // namespace dataclasses
}  // namespace amphis::inline v0

#endif  // AMPHIS_DATACLASSES_ASDICT_HPP
