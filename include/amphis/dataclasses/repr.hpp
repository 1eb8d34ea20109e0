// SPDX-License-Identifier: MIT
// dataclasses/repr: Person(name='Alice', age=30), for repr, str and print.
#ifndef AMPHIS_DATACLASSES_REPR_HPP
#define AMPHIS_DATACLASSES_REPR_HPP

#include <amphis/builtins/repr.hpp>
#include <amphis/config.hpp>
#include <amphis/dataclasses/options.hpp>
#include <amphis/detail/reflect.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/detail/type_name.hpp>

#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail::dataclass {

/// What stands between the values: "Person(name=", ", age=", ..., one string after the other.
template <std::size_t Characters, std::size_t N>
struct frame_of_repr {
    char characters[Characters + 1]{};
    std::size_t ends[N + 1]{};
};
template <class T>
consteval std::size_t frame_size() noexcept {
    std::size_t size = type_name<T>().size + 2;  // the parentheses
    for (std::size_t i = 0; i != field_count<T>; ++i) {
        if (plan_of<T>.fields[i].repr) size += field_names<T>[i].size + 3;  // ", " and "="
    }
    return size;
}
template <class T>
consteval auto make_frame() noexcept {
    constexpr std::size_t n = field_count<T>;
    frame_of_repr<frame_size<T>(), n> frame;
    std::size_t at = 0;
    [[maybe_unused]] auto const put = [&](chars s) {
        for (std::size_t i = 0; i != s.size; ++i) frame.characters[at++] = s.data[i];
    };
    put(type_name<T>());
    put("(");
    bool first = true;
    for (std::size_t i = 0; i != n; ++i) {
        if (plan_of<T>.fields[i].repr) {
            if (!first) put(", ");
            first = false;
            put(field_names<T>[i]);
            put("=");
        }
        frame.ends[i] = at;
    }
    return frame;
}
template <class T>
inline constexpr auto frame_of = make_frame<T>();

template <class T>
void fields_to(text& out, T const& object) {
    constexpr auto const& frame = frame_of<T>;
    if constexpr (count_used<T, &field_plan::repr>() == 0) {
        constexpr chars name = type_name<T>();
        out.append(name);
        out.push_back('(');
    } else {
        with_fields(object, [&out](auto const&... field) {
            [&]<std::size_t... I>(std::index_sequence<I...>) {
                [[maybe_unused]] auto const one = [&out]<std::size_t Index>(std::integral_constant<std::size_t, Index>, auto const& value) {
                    if constexpr (plan_of<T>.fields[Index].repr) {
                        constexpr std::size_t begin = Index == 0 ? 0 : frame.ends[Index == 0 ? 0 : Index - 1];
                        out.append(frame.characters + begin, frame.ends[Index] - begin);
                        repr_item(out, value);
                    }
                };
                (one(std::integral_constant<std::size_t, I>(), field), ...);
            }(std::index_sequence_for<decltype(field)...>());
        });
    }
    out.push_back(')');
}

struct repr_fn {
    template <class T>
    [[nodiscard]] std::string operator()(T const& object) const {
        text out;
        if constexpr (assert_dataclass<T>()) fields_to(out, object);
        return std::string(out.data(), out.size());
    }
};

}  // namespace detail::dataclass

namespace detail {

// Only for classes that had neither: a print that was well-formed keeps its meaning.
template <class T>
    requires(dataclass::Dataclass<T> && !Primitive<T> && !Shaped<T> && !OwnRepr<T>)
void repr_to(text& out, T const& object) {
    dataclass::fields_to(out, object);
}
template <class T>
    requires(dataclass::Dataclass<T> && !Primitive<T> && !Shaped<T> && !OwnStr<T>)
void str_to(text& out, T const& object) {
    dataclass::fields_to(out, object);
}

}  // namespace detail

namespace dataclasses {

/// The class and its fields: Person(name='Alice', age=30).
///
///     print(Person{"Alice", 30});       // Person(name='Alice', age=30): including this header is enough
///     dc::repr(person);                 // the same string, even where Person has a repr() of its own
///
/// Returns   a std::string.
/// Cost      what writing the values costs; the text between them is one constant.
/// Differs   the class is named without what it is nested in, where CPython writes its __qualname__.
/// Source    Lib/dataclasses.py, _repr_fn (CPython 3.11).
inline constexpr detail::dataclass::repr_fn repr{};

}  // namespace dataclasses
}  // namespace amphis::inline v0

#endif  // AMPHIS_DATACLASSES_REPR_HPP
