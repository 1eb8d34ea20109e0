// SPDX-License-Identifier: MIT
// descriptor/custom: descriptors of your own, one object for a class: get, set, del, set_name.
// Python: docs.python.org/3/reference/datamodel.html#implementing-descriptors
#ifndef AMPHIS_LANG_DESCRIPTOR_CUSTOM_HPP
#define AMPHIS_LANG_DESCRIPTOR_CUSTOM_HPP

#include <amphis/config.hpp>
#include <amphis/detail/attribute.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/detail/type_name.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail {

/// A class's name as a C string.
template <class Owner, class = std::make_index_sequence<type_name<Owner>().size>>
struct owner_name;
template <class Owner, std::size_t... I>
struct owner_name<Owner, std::index_sequence<I...>> {
    static constexpr char characters[] = {type_name<Owner>().data[I]..., '\0'};
};

/// The class's one D, which was told its name.
template <fixed_string Name, class Owner, class D>
D& descriptor_instance() {
    static D instance = [] {
        D made;
        if constexpr (requires { made.set_name(owner_name<Owner>::characters, Name.value); }) {
            made.set_name(owner_name<Owner>::characters, Name.value);
        } else if constexpr (requires { made.set_name(Name.value); }) {
            made.set_name(Name.value);
        }
        return made;
    }();
    return instance;
}

/// AttributeError: 'Point' object has no attribute 'z'
[[noreturn]] AMPHIS_COLD inline void throw_no_attribute_of(chars owner, chars attribute) {
    text message;
    message.push_back('\'');
    message.append(owner);
    message.append("' object has no attribute '");
    message.append(attribute);
    message.push_back('\'');
    throw_chars<AttributeError>(message.view());
}

template <class D, class Object>
concept DescriptorGets = requires(D& descriptor, Object& object) { descriptor.get(object); };

}  // namespace detail

/// A member that is read and written by a D, of which there is one for the class, as there is in Python.
///
///     struct DirectorySize {
///         auto get(auto const& object) const { return object.files.size(); }
///     };
///     struct Directory {
///         std::vector<std::string> files;
///         [[no_unique_address]] descriptor<"size", Directory, DirectorySize> size{};
///     };
///     static_assert(in_place<&Directory::size>);
///
/// Name      what set_name is told.
/// Owner     the class that declares the member.
/// D         has get(object); set(object, value) and del(object) if it is written and deleted; set_name(owner, name) or set_name(name),
///           called once, before the first use. Default constructible; shared by all objects and threads.
/// Reads     as property.
/// Cost      no byte in the object; with a set_name, or a D that is not made at compile time, one load and one branch a use.
/// Differs   what has no set is a compile error when it is assigned; non_data_descriptor keeps what is assigned, as Python's objects do.
///           `Directory.size` on the class is instance(), the D itself.
/// Source    Objects/object.c, _PyObject_GenericGetAttrWithDict (CPython 3.11).
template <fixed_string Name, class Owner, class D>
class descriptor : public detail::attribute_base<descriptor<Name, Owner, D>, void> {
public:
    using owner_type = Owner;
    using descriptor_type = D;

    /// The D of the class. Python: vars(Directory)["size"].
    [[nodiscard]] static D& instance() { return detail::descriptor_instance<Name, Owner, D>(); }

    static consteval bool readable() noexcept { return detail::DescriptorGets<D, Owner const>; }

    [[nodiscard]] decltype(auto) get() const
        requires(readable())
    {
        return instance().get(owner());
    }
    [[nodiscard]] decltype(auto) get() {
        constexpr bool has_get = detail::DescriptorGets<D, Owner>;
        static_assert(has_get, "amphis: the descriptor has no get(object): it cannot be read");
        if constexpr (has_get) return instance().get(owner());
    }

    template <class T>
    void set(T&& value) {
        constexpr bool has_set = requires(D& d, Owner& object) { d.set(object, static_cast<T&&>(value)); };
        static_assert(has_set, "amphis: the descriptor has no set(object, value) for this: it is read-only; a non_data_descriptor keeps what is assigned");
        if constexpr (has_set) instance().set(owner(), static_cast<T&&>(value));
    }
    template <class T>
        requires(!std::is_same_v<std::remove_cvref_t<T>, descriptor>)
    descriptor& operator=(T&& value) {
        if constexpr (detail::Attribute<T>) {
            set(value.get());
        } else {
            set(static_cast<T&&>(value));
        }
        return *this;
    }
    template <class P>
        requires std::is_same_v<P, descriptor>
    descriptor& operator=(P& other) {
        set(other.get());
        return *this;
    }

    /// Python: del object.name
    void del() {
        constexpr bool has_del = requires(D& d, Owner& object) { d.del(object); };
        static_assert(has_del, "amphis: the descriptor has no del(object): it cannot be deleted");
        if constexpr (has_del) instance().del(owner());
    }

    [[nodiscard]] static constexpr char const* name() noexcept { return Name.value; }

    template <class P>
        requires std::is_same_v<P, descriptor>
    descriptor(P&) {
        static_assert(!std::is_same_v<P, descriptor>,
                      "amphis: a descriptor is not copied out of its object: write auto x = c.x.get(), or the type of the value");
    }

private:
    friend Owner;
    // Written out, and with a sentence, for the reasons given in lang/property.hpp.
    constexpr descriptor() noexcept {}                   // amphis: only its owner declares a descriptor: descriptor<"x", Owner, D>
    descriptor(descriptor const&) = default;             // amphis: a descriptor is not copied out of its object: write auto x = c.x.get()
    descriptor(descriptor&&) = default;                  // amphis: a descriptor is not copied out of its object: write auto x = c.x.get()
    descriptor& operator=(descriptor const&) & = default;  // amphis: from a const or a temporary object write c.x = other.x.get()
    descriptor& operator=(descriptor&&) & = default;       // amphis: from a const or a temporary object write c.x = other.x.get()

    // As in a property: empty members of different types lie where their object begins.
    [[nodiscard]] Owner const& owner() const noexcept { return *reinterpret_cast<Owner const*>(this); }
    [[nodiscard]] Owner& owner() noexcept { return *reinterpret_cast<Owner*>(this); }
};

}  // namespace amphis::inline v0

#endif  // AMPHIS_LANG_DESCRIPTOR_CUSTOM_HPP
