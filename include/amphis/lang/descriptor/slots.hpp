// SPDX-License-Identifier: MIT
// descriptor/slots: the members of a class by names that are known when running; there are no others.
// Python: docs.python.org/3/reference/datamodel.html#slots
#ifndef AMPHIS_LANG_DESCRIPTOR_SLOTS_HPP
#define AMPHIS_LANG_DESCRIPTOR_SLOTS_HPP

#include <amphis/config.hpp>
#include <amphis/detail/maybe.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/detail/type_name.hpp>
#include <amphis/lang/descriptor/attribute.hpp>
#include <amphis/lang/descriptor/custom.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <cstddef>
#include <type_traits>

namespace amphis::inline v0 {
namespace detail {

template <auto Member>
struct slot_facts {
    static_assert(std::is_member_pointer_v<decltype(Member)>, "amphis: slots names data members: slots<&Point::x, &Point::y>");
};
template <class M, class Class, M Class::* Member>
struct slot_facts<Member> {
    static_assert(std::is_object_v<M>, "amphis: slots names data members: slots<&Point::x, &Point::y>");
    using owner = Class;
    using type = std::conditional_t<std::is_object_v<M>, M, int>;
};

/// void: the members have no type in common.
template <class... T>
struct common_member {
    using type = void;
};
template <class... T>
    requires requires { typename std::common_type_t<T...>; }
struct common_member<T...> {
    using type = std::common_type_t<T...>;
};

constexpr bool equal_names(chars a, chars b) noexcept {
    if (a.size != b.size) return false;
    for (std::size_t i = 0; i != a.size; ++i) {
        if (a.data[i] != b.data[i]) return false;
    }
    return true;
}

}  // namespace detail

/// The members of a class, by name. Every C++ class has slots: its objects hold these members and nothing else.
///
///     struct Point {
///         double x = 0, y = 0;
///     };
///     using point_slots = slots<&Point::x, &Point::y>;
///     point_slots::setattr(p, "x", 3.0);
///     point_slots::getattr(p, "z");            // AttributeError: 'Point' object has no attribute 'z'
///
/// getattr   its type is the members' if they have one in common; visit takes a function of any.
/// Cost      one comparison of names a member; nothing in the objects.
/// Source    Objects/typeobject.c, type_new_slots; Objects/object.c, PyObject_GenericSetAttr (CPython 3.11).
template <auto First, auto... Members>
class slots {
    using owner = typename detail::slot_facts<First>::owner;
    using common = typename detail::common_member<typename detail::slot_facts<First>::type, typename detail::slot_facts<Members>::type...>::type;
    static constexpr std::size_t count = 1 + sizeof...(Members);

public:
    /// Python: Point.__slots__
    static constexpr detail::chars names[count] = {detail::member_name<First>(), detail::member_name<Members>()...};

    /// Calls fn with the member of this name. Raises AttributeError when there is none.
    template <class Object, class Fn>
    static constexpr void visit(Object& object, detail::chars name, Fn&& fn) {
        if (!(visit_if<First>(object, name, fn) || ... || visit_if<Members>(object, name, fn))) {
            detail::throw_no_attribute_of(detail::type_name<owner>(), name);
        }
    }
    [[nodiscard]] static constexpr common getattr(owner const& object, detail::chars name)
        requires(!std::is_void_v<common>)
    {
        detail::maybe<common> result;
        visit(object, name, [&result](auto const& member) { result.emplace(static_cast<common>(member)); });
        return static_cast<common&&>(*result);
    }
    /// Raises AttributeError, and TypeError where the member does not take such a value.
    template <class T>
    static constexpr void setattr(owner& object, detail::chars name, T&& value) {
        visit(object, name, [&value](auto& member) {
            if constexpr (std::is_convertible_v<T, std::remove_reference_t<decltype(member)>>) {
                if constexpr (std::is_arithmetic_v<std::remove_reference_t<decltype(member)>> && std::is_arithmetic_v<std::remove_reference_t<T>>) {
                    member = static_cast<std::remove_reference_t<decltype(member)>>(value);
                } else {
                    member = static_cast<T&&>(value);
                }
            } else {
                detail::throw_<TypeError>("the attribute does not take a value of this type");
            }
        });
    }
    [[nodiscard]] static constexpr bool hasattr(detail::chars name) noexcept {
        for (detail::chars const& each : names) {
            if (detail::equal_names(each, name)) return true;
        }
        return false;
    }

private:
    template <auto Member, class Object, class Fn>
    static constexpr bool visit_if(Object& object, detail::chars name, Fn& fn) {
        if (!detail::equal_names(detail::member_name<Member>(), name)) return false;
        fn(object.*Member);
        return true;
    }
};

}  // namespace amphis::inline v0

#endif  // AMPHIS_LANG_DESCRIPTOR_SLOTS_HPP
