// SPDX-License-Identifier: MIT
// callable: the declared parameters and result of anything that can be called in one way.
// Used by: builtins.hpp, contextlib.hpp, copy.hpp, dataclasses.hpp, detail/reflect.hpp, functools.hpp, gc.hpp,
//          lang/decorator.hpp, lang/function.hpp, lang/property.hpp
#ifndef AMPHIS_DETAIL_CALLABLE_HPP
#define AMPHIS_DETAIL_CALLABLE_HPP

#include <amphis/config.hpp>

#include <cstddef>
#include <type_traits>

namespace amphis::inline v0::detail {

template <class... Ts>
struct types {
    static constexpr std::size_t size = sizeof...(Ts);
};

template <class List>
struct tail_of;
template <class First, class... Rest>
struct tail_of<types<First, Rest...>> {
    using head = First;
    using type = types<Rest...>;
};

/// signature<R(A...)>: result R, parameters types<A...>, and for member functions the class.
template <class R, class... A>
struct signature_facts {
    using result = R;
    using parameters = types<A...>;
    using function_type = R(A...);
};

template <class F>
struct function_signature;  // undefined: not a function type

#define AMPHIS_SIGNATURE(CV)                                                                \
    template <class R, class... A>                                                          \
    struct function_signature<R(A...) CV> : signature_facts<R, A...> {};                    \
    template <class R, class... A>                                                          \
    struct function_signature<R(A...) CV noexcept> : signature_facts<R, A...> {};
AMPHIS_SIGNATURE()
AMPHIS_SIGNATURE(const)
AMPHIS_SIGNATURE(volatile)
AMPHIS_SIGNATURE(const volatile)
AMPHIS_SIGNATURE(&)
AMPHIS_SIGNATURE(const&)
AMPHIS_SIGNATURE(&&)
AMPHIS_SIGNATURE(const&&)
#undef AMPHIS_SIGNATURE

template <class F>
struct member_signature;
template <class F, class C>
struct member_signature<F C::*> : function_signature<F> {
    using class_type = C;
};

template <class F>
concept PlainFunction = std::is_function_v<std::remove_pointer_t<std::remove_cvref_t<F>>>;
/// One call operator that is not a template: its parameters can be read.
template <class F>
concept SingleCall = requires { &std::remove_cvref_t<F>::operator(); };
/// A call operator whose only template parameter is the function itself: [](auto& self, int n) -> long.
template <class F, class Self>
concept SelfCall = !std::is_void_v<Self> && requires { &std::remove_cvref_t<F>::template operator()<Self>; };
/// An object that says what it wraps: def's functions, decorated functions, whatever functools::wraps was applied to.
template <class F>
concept StatesSignature = requires { typename std::remove_cvref_t<F>::function_type; };

template <class F, class Self>
consteval auto declared_signature() noexcept {
    using Bare = std::remove_cvref_t<F>;
    if constexpr (PlainFunction<Bare>) {
        return function_signature<std::remove_pointer_t<Bare>>{};
    } else if constexpr (std::is_member_function_pointer_v<Bare>) {
        // A member function's first parameter is its object, as `self` is in Python.
        using M = member_signature<Bare>;
        return []<class... A>(types<A...>) {
            return signature_facts<typename M::result, typename M::class_type&, A...>{};
        }(typename M::parameters{});
    } else if constexpr (StatesSignature<Bare>) {
        return function_signature<typename Bare::function_type>{};
    } else if constexpr (SingleCall<Bare>) {
        return member_signature<decltype(&Bare::operator())>{};
    } else if constexpr (SelfCall<Bare, Self>) {
        using M = member_signature<decltype(&Bare::template operator()<Self>)>;
        return []<class... A>(types<A...>) {
            return signature_facts<typename M::result, A...>{};
        }(typename tail_of<typename M::parameters>::type{});
    }
}

/// The signature of F; void where F can be called in more than one way. `Self` stands for the first parameter of a
/// function that takes itself.
template <class F, class Self = void>
using signature_of = decltype(declared_signature<F, Self>());

template <class F, class Self = void>
concept KnownSignature = !std::is_void_v<signature_of<F, Self>>;

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_DETAIL_CALLABLE_HPP
