// SPDX-License-Identifier: MIT
// descriptor/non_data: descriptors without set: what is assigned goes into the object and hides them.
// Python: docs.python.org/3/howto/descriptor.html#descriptor-protocol
#ifndef AMPHIS_LANG_DESCRIPTOR_NON_DATA_HPP
#define AMPHIS_LANG_DESCRIPTOR_NON_DATA_HPP

#include <amphis/config.hpp>
#include <amphis/detail/attribute.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/maybe.hpp>
#include <amphis/lang/descriptor/attribute.hpp>
#include <amphis/lang/descriptor/custom.hpp>

#include <type_traits>

namespace amphis::inline v0 {

/// A member that D's get computes until a value is assigned; then it is that value, until del.
///
///     struct Greeting {
///         std::string get(auto const& object) const { return "Hello, " + object.name; }
///     };
///     struct Person {
///         std::string name;
///         non_data_descriptor<"greeting", Person, std::string, Greeting> greeting{this};
///     };
///     p.greeting;                     // Hello, Ann
///     p.greeting = "Hi";              // Hi, of this object
///     p.greeting.del();               // Hello, Ann
///
/// T         what get returns, and what is kept.
/// D         has get(object), and may have set_name; there is one for the class.
/// Copies    of the object have what was assigned too.
/// Raises    del() of nothing: AttributeError: 'Person' object has no attribute 'greeting'
/// Cost      a T, a flag, and an offset to the object: what is assigned must be somewhere. functools::cached_property is one that
///           assigns itself.
/// Source    Objects/object.c, _PyObject_GenericGetAttrWithDict (CPython 3.11).
template <fixed_string Name, class Owner, class T, class D>
class non_data_descriptor : public detail::attribute_base<non_data_descriptor<Name, Owner, T, D>, T> {
public:
    using owner_type = Owner;
    using value_type = T;

    explicit non_data_descriptor(Owner* owner) noexcept
        : offset_(static_cast<int>(reinterpret_cast<char const*>(this) - reinterpret_cast<char const*>(owner))) {}

    [[nodiscard]] static D& instance() { return detail::descriptor_instance<Name, Owner, D>(); }

    /// A value, since what get computes is one.
    [[nodiscard]] T get() const {
        if (assigned_) return *assigned_;
        return instance().get(*reinterpret_cast<Owner const*>(reinterpret_cast<char const*>(this) - offset_));
    }
    template <class U>
    void set(U&& value) {
        assigned_.emplace(detail::exactly<T>(static_cast<U&&>(value)));
    }
    template <class U>
        requires(std::is_convertible_v<U, T> && !std::is_same_v<std::remove_cvref_t<U>, non_data_descriptor>)
    non_data_descriptor& operator=(U&& value) {
        set(static_cast<U&&>(value));
        return *this;
    }
    void del() {
        if (!assigned_) detail::throw_no_attribute_of(detail::type_name<Owner>(), {Name.data(), Name.size()});
        assigned_.reset();
    }
    /// Whether the object has a value of its own. Python: name in vars(object).
    [[nodiscard]] bool is_assigned() const noexcept { return static_cast<bool>(assigned_); }

    [[nodiscard]] static constexpr char const* name() noexcept { return Name.value; }

private:
    friend Owner;
    non_data_descriptor(non_data_descriptor const&) = default;             // amphis: not copied out of its object: write auto x = c.x.get()
    non_data_descriptor(non_data_descriptor&&) = default;                  // amphis: not copied out of its object: write auto x = c.x.get()
    non_data_descriptor& operator=(non_data_descriptor const&) = default;  // amphis: write c.x = other.x.get()
    non_data_descriptor& operator=(non_data_descriptor&&) = default;       // amphis: write c.x = other.x.get()

    detail::maybe<T> assigned_;
    int offset_;  // bytes from the owner to this; the same in every copy of the owner
};

}  // namespace amphis::inline v0

#endif  // AMPHIS_LANG_DESCRIPTOR_NON_DATA_HPP
