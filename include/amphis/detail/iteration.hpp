// SPDX-License-Identifier: MIT
// iteration: what every lazy adaptor is made of. What can be iterated, how an adaptor holds it, iterators and views without <ranges>.
// Used by: builtins.hpp, itertools.hpp
//
//     template <class S> class every_other : public view_base<every_other<S>> { S source_; ... };
//     struct every_other_fn {
//         template <Iterable R>
//         constexpr auto operator()(R&& range) const { return every_other<source_of<R>>(hold(static_cast<R&&>(range))); }
//     };
#ifndef AMPHIS_DETAIL_ITERATION_HPP
#define AMPHIS_DETAIL_ITERATION_HPP

#include <amphis/config.hpp>
#include <amphis/detail/maybe.hpp>
#include <amphis/detail/ref_tuple.hpp>
#include <amphis/detail/repr.hpp>

#include <compare>
#include <cstddef>
#include <span>  // the concepts of ranges, begin, end and size, for a third of what <ranges> costs
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {

class StopIteration;

namespace detail {

// ---- what can be iterated --------------------------------------------------------------------------------------------

template <class T>
concept Range = std::ranges::input_range<T&>;
/// A class whose next() returns the next value and raises StopIteration at the end, as Python's __next__.
template <class T>
concept PythonIterator = !std::ranges::range<T&> && requires(T& it) {
    it.next();
    requires !std::is_void_v<decltype(it.next())>;
};
/// A class whose iter() returns something to iterate, as Python's __iter__.
template <class T>
concept PythonIterable = !std::ranges::range<T&> && !PythonIterator<T> && requires(T& object) {
    object.iter();
    requires Range<std::remove_reference_t<decltype(object.iter())>> || PythonIterator<std::remove_reference_t<decltype(object.iter())>>;
};
template <class T>
concept CString = CharacterArray<T> || CharacterPointer<T>;

/// What an adaptor takes: a range, a C string, or an object that is a Python iterator or iterable. R is the type of a forwarding
/// reference's argument.
template <class R>
concept Iterable = Range<std::remove_reference_t<R>> || PythonIterator<std::remove_reference_t<R>> || PythonIterable<std::remove_reference_t<R>> ||
                   CString<std::remove_cvref_t<R>>;

template <class R>
consteval bool assert_iterable() noexcept {
    constexpr bool ok = Iterable<R>;
    static_assert(ok, "amphis: this object is not iterable: it has neither begin() and end() that make a std::ranges::input_range, nor next() that "
                      "returns a value and raises StopIteration, nor iter()");
    return ok;
}

/// For what takes a function and then iterables: said in one sentence if they come the other way round.
template <class F, class... R>
consteval bool assert_function_first() noexcept {
    constexpr bool swapped = Iterable<F> && !(Iterable<R> && ...);
    static_assert(!swapped, "amphis: the function comes first, and then the iterable, as in map(function, iterable)");
    if constexpr (swapped) {
        return false;
    } else {
        return (assert_iterable<R>() && ...);
    }
}

// ---- views and iterators ---------------------------------------------------------------------------------------------

struct view_tag {};

/// The base of an adaptor: makes it a std::ranges::view, with what a range can do by having begin() and end().
/// Not std::ranges::view_base: a view that holds another one would grow, as two of one empty base cannot share an address.
template <class Self>
struct view_base {
    using amphis_view = view_tag;

    [[nodiscard]] constexpr bool empty()
        requires std::ranges::forward_range<Self>
    {
        return std::ranges::begin(self()) == std::ranges::end(self());
    }
    [[nodiscard]] constexpr bool empty() const
        requires std::ranges::forward_range<Self const>
    {
        return std::ranges::begin(self()) == std::ranges::end(self());
    }
    [[nodiscard]] constexpr decltype(auto) operator[](std::ptrdiff_t index)
        requires std::ranges::random_access_range<Self>
    {
        return std::ranges::begin(self())[index];
    }
    [[nodiscard]] constexpr decltype(auto) operator[](std::ptrdiff_t index) const
        requires std::ranges::random_access_range<Self const>
    {
        return std::ranges::begin(self())[index];
    }

private:
    friend Self;
    constexpr view_base() noexcept = default;
    constexpr Self& self() noexcept { return static_cast<Self&>(*this); }
    constexpr Self const& self() const noexcept { return static_cast<Self const&>(*this); }
};

template <class Tag, class Reference>
struct iterator_category_base {};
template <class Tag, class Reference>
    requires std::is_base_of_v<std::forward_iterator_tag, Tag>
struct iterator_category_base<Tag, Reference> {
    /// What the algorithms before C++20 are told: they take an iterator whose elements are no real references for an input one.
    using iterator_category = std::conditional_t<std::is_reference_v<Reference>, Tag, std::input_iterator_tag>;
};

/// The operators of an iterator, made from a few members: `step()`, and from a forward iterator on `same(other)`, from a bidirectional
/// one on `back()`, for random access `jump(n)` and `until(other)`, which is other - *this. operator* and what it takes to compare with
/// a sentinel are Self's.
template <class Self, class Tag, class Value, class Reference>
struct iterator_base : iterator_category_base<Tag, Reference> {
    using iterator_concept = Tag;
    using value_type = Value;
    using reference = Reference;
    using difference_type = std::ptrdiff_t;

    constexpr Self& operator++() {
        self().step();
        return self();
    }
    constexpr auto operator++(int) {
        if constexpr (std::is_base_of_v<std::forward_iterator_tag, Tag>) {
            Self before(self());
            self().step();
            return before;
        } else {
            self().step();
        }
    }
    [[nodiscard]] friend constexpr bool operator==(Self const& a, Self const& b)
        requires std::is_base_of_v<std::forward_iterator_tag, Tag>
    {
        return a.same(b);
    }

    constexpr Self& operator--()
        requires std::is_base_of_v<std::bidirectional_iterator_tag, Tag>
    {
        self().back();
        return self();
    }
    constexpr Self operator--(int)
        requires std::is_base_of_v<std::bidirectional_iterator_tag, Tag>
    {
        Self before(self());
        self().back();
        return before;
    }

    constexpr Self& operator+=(difference_type n)
        requires std::is_base_of_v<std::random_access_iterator_tag, Tag>
    {
        self().jump(n);
        return self();
    }
    constexpr Self& operator-=(difference_type n)
        requires std::is_base_of_v<std::random_access_iterator_tag, Tag>
    {
        self().jump(-n);
        return self();
    }
    [[nodiscard]] friend constexpr Self operator+(Self it, difference_type n)
        requires std::is_base_of_v<std::random_access_iterator_tag, Tag>
    {
        it.jump(n);
        return it;
    }
    [[nodiscard]] friend constexpr Self operator+(difference_type n, Self it)
        requires std::is_base_of_v<std::random_access_iterator_tag, Tag>
    {
        it.jump(n);
        return it;
    }
    [[nodiscard]] friend constexpr Self operator-(Self it, difference_type n)
        requires std::is_base_of_v<std::random_access_iterator_tag, Tag>
    {
        it.jump(-n);
        return it;
    }
    [[nodiscard]] friend constexpr difference_type operator-(Self const& a, Self const& b)
        requires std::is_base_of_v<std::random_access_iterator_tag, Tag>
    {
        return b.until(a);
    }
    [[nodiscard]] friend constexpr std::strong_ordering operator<=>(Self const& a, Self const& b)
        requires std::is_base_of_v<std::random_access_iterator_tag, Tag>
    {
        return difference_type{0} <=> a.until(b);
    }
    [[nodiscard]] constexpr Reference operator[](difference_type n) const
        requires std::is_base_of_v<std::random_access_iterator_tag, Tag>
    {
        Self at(static_cast<Self const&>(*this));
        at.jump(n);
        return *at;
    }

private:
    constexpr Self& self() noexcept { return static_cast<Self&>(*this); }
};

/// How strong an iterator over sources S... can be, up to `Most`.
template <class Most, class... S>
consteval auto iteration_tag() noexcept {
    if constexpr ((std::ranges::random_access_range<S> && ...) && std::is_base_of_v<std::random_access_iterator_tag, Most>) {
        return std::random_access_iterator_tag{};
    } else if constexpr ((std::ranges::bidirectional_range<S> && ...) && std::is_base_of_v<std::bidirectional_iterator_tag, Most>) {
        return std::bidirectional_iterator_tag{};
    } else if constexpr ((std::ranges::forward_range<S> && ...) && std::is_base_of_v<std::forward_iterator_tag, Most>) {
        return std::forward_iterator_tag{};
    } else {
        return std::input_iterator_tag{};
    }
}

template <bool Const, class T>
using maybe_const = std::conditional_t<Const, T const, T>;

// ---- sources: how an adaptor holds what it iterates ------------------------------------------------------------------

/// A range somewhere else: what is consumed here is consumed there.
template <class T>
class referenced : public view_base<referenced<T>> {
public:
    constexpr explicit referenced(T& range) noexcept : range_(__builtin_addressof(range)) {}

    [[nodiscard]] constexpr auto begin() const { return std::ranges::begin(*range_); }
    [[nodiscard]] constexpr auto end() const { return std::ranges::end(*range_); }
    [[nodiscard]] constexpr auto size() const
        requires std::ranges::sized_range<T>
    {
        return std::ranges::size(*range_);
    }
    [[nodiscard]] constexpr T& base() const noexcept { return *range_; }

private:
    T* range_;
};

/// A container that was moved in. Move-only, as a copy would copy the elements.
template <class T>
class owned : public view_base<owned<T>> {
public:
    constexpr explicit owned(T&& range) noexcept(std::is_nothrow_move_constructible_v<T>) : range_(static_cast<T&&>(range)) {}
    constexpr owned(owned&&) = default;
    constexpr owned& operator=(owned&&) = default;
    constexpr ~owned() = default;

    [[nodiscard]] constexpr auto begin() { return std::ranges::begin(range_); }
    [[nodiscard]] constexpr auto end() { return std::ranges::end(range_); }
    [[nodiscard]] constexpr auto begin() const
        requires std::ranges::range<T const>
    {
        return std::ranges::begin(range_);
    }
    [[nodiscard]] constexpr auto end() const
        requires std::ranges::range<T const>
    {
        return std::ranges::end(range_);
    }
    [[nodiscard]] constexpr auto size()
        requires std::ranges::sized_range<T>
    {
        return std::ranges::size(range_);
    }
    [[nodiscard]] constexpr auto size() const
        requires std::ranges::sized_range<T const>
    {
        return std::ranges::size(range_);
    }
    [[nodiscard]] constexpr T& base() noexcept { return range_; }

private:
    T range_;
};

/// The characters of a C string, without the NUL that ends it.
template <class C>
class characters : public view_base<characters<C>> {
public:
    constexpr characters(C* first, std::size_t most) noexcept : first_(first), last_(first) {
        while (most-- != 0 && *last_ != C()) ++last_;
    }
    [[nodiscard]] constexpr C* begin() const noexcept { return first_; }
    [[nodiscard]] constexpr C* end() const noexcept { return last_; }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return static_cast<std::size_t>(last_ - first_); }

private:
    C* first_;
    C* last_;
};

template <class Stop, class It, class Slot>
constexpr bool poll(It& it, Slot& slot) {
    try {
        slot.fill([&]() -> decltype(auto) { return it.next(); });
        return true;
    } catch (Stop const&) {
        return false;
    }
}

/// A Python iterator as an input range. T is X& for an lvalue, X for an rvalue.
template <class T>
class polled : public view_base<polled<T>> {
    using object = std::remove_reference_t<T>;
    using item = decltype(std::declval<object&>().next());
    using held = std::conditional_t<std::is_reference_v<T>, object*, object>;

public:
    class iterator : public iterator_base<iterator, std::input_iterator_tag, std::remove_cvref_t<item>, std::remove_reference_t<item>&> {
    public:
        constexpr explicit iterator(object& source) : source_(__builtin_addressof(source)) { step(); }
        constexpr iterator(iterator&&) = default;
        constexpr iterator& operator=(iterator&&) = default;
        constexpr ~iterator() = default;

        [[nodiscard]] constexpr std::remove_reference_t<item>& operator*() const noexcept { return *const_cast<slot&>(item_); }
        constexpr void step() {
            // A parameter, because the class is only complete where it is used.
            if (!poll<std::conditional_t<std::is_void_v<T>, void, StopIteration>>(*source_, item_)) item_.reset();
        }
        [[nodiscard]] friend constexpr bool operator==(iterator const& it, std::default_sentinel_t) noexcept { return !it.item_; }

    private:
        using slot = maybe<std::conditional_t<std::is_reference_v<item>, std::remove_reference_t<item>&, std::remove_cv_t<item>>>;
        object* source_;
        slot item_;
    };

    constexpr explicit polled(T&& source) : source_(take(source)) {}

    [[nodiscard]] constexpr iterator begin()
        requires(!std::is_reference_v<T>)
    {
        return iterator(source_);
    }
    [[nodiscard]] constexpr iterator begin() const
        requires std::is_reference_v<T>
    {
        return iterator(*source_);
    }
    [[nodiscard]] static constexpr std::default_sentinel_t end() noexcept { return {}; }

private:
    static constexpr held take(object& source) {
        if constexpr (std::is_reference_v<T>) {
            return __builtin_addressof(source);
        } else {
            return static_cast<object&&>(source);
        }
    }
    held source_;
};

template <class R>
constexpr auto hold(R&& range);

/// A Python iterable whose iter() makes a new iterator each time, and so does begin(). T is X& for an lvalue, X for an rvalue.
template <class T>
class restarted : public view_base<restarted<T>> {
    using object = std::remove_reference_t<T>;
    using held = std::conditional_t<std::is_reference_v<T>, object*, object>;
    using source = decltype(hold(std::declval<object&>().iter()));

public:
    constexpr explicit restarted(T&& iterable) : iterable_(take(iterable)) {}
    // What it iterates stays behind: a copy begins by itself.
    constexpr restarted(restarted const& other) requires std::is_copy_constructible_v<held>
        : view_base<restarted>(other), iterable_(other.iterable_) {}
    constexpr restarted(restarted&&) = default;
    constexpr restarted& operator=(restarted&&) = default;
    constexpr ~restarted() = default;

    /// Where iter() makes what it iterates, the next begin() ends that: nobody may take this for a range of several passes, or of a size.
    class iterator : public iterator_base<iterator, std::input_iterator_tag, std::ranges::range_value_t<source>, std::ranges::range_reference_t<source>> {
    public:
        constexpr explicit iterator(source& from) : at_(std::ranges::begin(from)), last_(std::ranges::end(from)) {}
        constexpr iterator(iterator&&) = default;
        constexpr iterator& operator=(iterator&&) = default;
        constexpr ~iterator() = default;

        [[nodiscard]] constexpr std::ranges::range_reference_t<source> operator*() const { return *at_; }
        constexpr void step() { ++at_; }
        [[nodiscard]] friend constexpr bool operator==(iterator const& it, std::default_sentinel_t) { return it.at_ == it.last_; }

    private:
        std::ranges::iterator_t<source> at_;
        std::ranges::sentinel_t<source> last_;
    };

    [[nodiscard]] constexpr auto begin() {
        if constexpr (made_anew) {
            return iterator(begun());
        } else {
            return std::ranges::begin(begun());
        }
    }
    [[nodiscard]] constexpr auto end() {
        if constexpr (made_anew) {
            return std::default_sentinel;
        } else {
            return std::ranges::end(*source_);
        }
    }

private:
    static constexpr bool made_anew = std::ranges::forward_range<source> && !std::ranges::borrowed_range<source>;

    static constexpr held take(object& iterable) {
        if constexpr (std::is_reference_v<T>) {
            return __builtin_addressof(iterable);
        } else {
            return static_cast<object&&>(iterable);
        }
    }
    constexpr source& begun() {
        return source_.fill([this]() -> source {
            if constexpr (std::is_reference_v<T>) {
                return hold(iterable_->iter());
            } else {
                return hold(iterable_.iter());
            }
        });
    }

    held iterable_;
    maybe<source> source_{};
};

/// A view whose elements live elsewhere and stay while it is iterated: its copy is as good as the view itself.
template <class T>
concept CopiedView = std::ranges::view<T> && std::ranges::borrowed_range<T> && std::ranges::forward_range<T> && std::copyable<T>;

template <class R>
constexpr auto hold(R&& range) {
    using T = std::remove_reference_t<R>;
    using Bare = std::remove_cv_t<T>;
    if constexpr (CharacterArray<Bare>) {
        return characters<std::remove_extent_t<T>>(&range[0], std::extent_v<T>);
    } else if constexpr (CharacterPointer<Bare>) {
        return characters<std::remove_pointer_t<Bare>>(range, static_cast<std::size_t>(-1));
    } else if constexpr (PythonIterator<T>) {
        return polled<R>(static_cast<R&&>(range));
    } else if constexpr (PythonIterable<T>) {
        if constexpr (std::ranges::borrowed_range<decltype(hold(range.iter()))>) {
            return hold(range.iter());
        } else {
            return restarted<R>(static_cast<R&&>(range));
        }
    } else if constexpr (CopiedView<Bare>) {
        return Bare(static_cast<R&&>(range));
    } else if constexpr (std::is_lvalue_reference_v<R>) {
        return referenced<T>(range);
    } else if constexpr (std::ranges::view<Bare>) {
        return Bare(static_cast<R&&>(range));
    } else {
        static_assert(!std::is_const_v<T>, "amphis: a const temporary cannot be moved in: name it, and pass it as an lvalue");
        static_assert(!std::is_array_v<T>, "amphis: an array that is a temporary cannot be moved in: name it, or use std::array");
        return owned<T>(static_cast<T&&>(range));
    }
}

/// What an adaptor holds of an argument of type R (as a forwarding reference deduces it): a view. An lvalue is referred to, an rvalue
/// moved in; a multi-pass view that borrows its elements, such as std::span or amphis::range, is copied.
template <Iterable R>
using source_of = decltype(hold(std::declval<R>()));

/// A range that is its own iterator, as a generator is: it has next(), and begin() goes to the next element.
template <class T>
concept RangeIterator = Range<T> && requires(T& it) { it.next(); };
/// ... and what next() returns was made for the caller.
template <class T>
concept YieldsValues = RangeIterator<T> && !std::is_reference_v<decltype(std::declval<T&>().next())>;

/// The consumer may move from the elements: they are made for it, or belong to a temporary that nothing else sees.
template <class S>
inline constexpr bool gives_away = YieldsValues<S>;
template <class T>
inline constexpr bool gives_away<referenced<T>> = YieldsValues<T>;
template <class T>
inline constexpr bool gives_away<polled<T>> = !std::is_reference_v<decltype(std::declval<std::remove_reference_t<T>&>().next())>;
template <class T>
inline constexpr bool gives_away<restarted<T>> = gives_away<decltype(hold(std::declval<std::remove_reference_t<T>&>().iter()))>;
template <class T>
    requires std::ranges::range<T const>
// A container's elements are const with it; those of a mere view on them are not.
inline constexpr bool gives_away<owned<T>> = std::is_lvalue_reference_v<std::ranges::range_reference_t<T>> &&
                                             !std::is_same_v<std::ranges::range_reference_t<T>, std::ranges::range_reference_t<T const>>;

/// An element as the consumer keeps it: moved where the source gives it away.
template <class S, class E>
[[nodiscard]] constexpr decltype(auto) taken(E&& element) noexcept {
    if constexpr (gives_away<S> && !std::is_const_v<std::remove_reference_t<E>>) {
        return static_cast<std::remove_reference_t<E>&&>(element);
    } else {
        return static_cast<E&&>(element);
    }
}

/// It cannot be kept where it is collected: a group of a groupby, which shares its place in the source.
template <class T>
inline constexpr bool is_group = false;
/// ... or a tuple that refers to elements since they cannot be copied.
template <class T>
inline constexpr bool refers_only = false;
template <class T>
    requires std::is_same_v<typename T::amphis_kept, T>
inline constexpr bool refers_only<T> = true;
template <class... V>
inline constexpr bool is_group<std::tuple<V...>> = (is_group<V> || ...);
template <class A, class B>
inline constexpr bool is_group<std::pair<A, B>> = is_group<A> || is_group<B>;
template <class... V>
inline constexpr bool refers_only<std::tuple<V...>> = (refers_only<V> || ...);
template <class A, class B>
inline constexpr bool refers_only<std::pair<A, B>> = refers_only<A> || refers_only<B>;

/// T is what a list of the elements would have.
template <class T>
consteval bool assert_keepable() noexcept {
    static_assert(!is_group<T>, "amphis: a group ends with its groupby, and when the next one is asked for: collect each as it comes, "
                                "list([](auto const& key, auto& group) { return std::pair(key, list(group)); }, for_(groupby(...)))");
    static_assert(!refers_only<T>, "amphis: these elements cannot be copied, and the tuples only refer to them: take what you need of each, "
                                   "list([](auto const& items) { return ...; }, for_(...))");
    return !is_group<T> && !refers_only<T>;
}

/// Its elements stay where they are, or the iterators make them by themselves and call nothing of the user's: containers, range, enumerate; not
/// map. A reference to a view is as the view, and an adaptor over others as they are.
template <class S>
inline constexpr bool self_contained = std::is_lvalue_reference_v<std::ranges::range_reference_t<S>> || std::ranges::borrowed_range<S>;
template <class S>
inline constexpr bool self_contained<S const> = self_contained<S>;
template <class T>
inline constexpr bool self_contained<referenced<T>> = self_contained<T>;

/// Its elements can be looked at and then given on. A view that computes its elements, as map does, is not rereadable: Python computes
/// each one once.
template <class S>
concept RereadableRange = std::ranges::forward_range<S> && self_contained<S>;

// ---- again -----------------------------------------------------------------------------------------------------------

/// Says to a constructor: a copy that has read nothing, although what reads cannot be copied.
struct at_its_beginning {};

template <class S>
concept BeginsAgain = requires(S const& source) { source.begun_again(); };
/// An iterator that an inner loop of a comprehension is over can be had again for each round, as Python evaluates its expression again.
template <class S>
inline constexpr bool repeatable = BeginsAgain<S> || std::is_copy_constructible_v<S>;

template <class S>
constexpr S begun_again(S const& source) {
    if constexpr (BeginsAgain<S>) {
        return source.begun_again();
    } else {
        return source;
    }
}

// ---- element by element ----------------------------------------------------------------------------------------------

/// One element, read once, on its way to the consumer: a pointer to it, or the value itself where it was made for us.
template <class Reference>
class held_element {
    // Scalars need no flag.
    using slot = typename std::conditional_t<std::is_scalar_v<Reference>, std::type_identity<late_value<Reference>>,
                                             std::type_identity<maybe<std::conditional_t<std::is_lvalue_reference_v<Reference>, Reference, std::remove_cvref_t<Reference>>>>>::type;

public:
    using reference = std::conditional_t<std::is_lvalue_reference_v<Reference>, Reference, std::remove_cvref_t<Reference>&>;

    template <class Make>
    constexpr reference fill(Make&& make) {
        return slot_.fill(static_cast<Make&&>(make));
    }
    [[nodiscard]] constexpr reference get() const noexcept { return *const_cast<slot&>(slot_); }

private:
    slot slot_;
};

/// The iterators of S stay valid when S is moved, as far as we know: those of a container or of an adaptor may not, and those of the objects
/// that are Python's iterators refer to them. A single-pass view of somebody else is left where it is: moving it after begin() is not allowed,
/// as for any view of C++.
template <class S>
concept Relocatable = std::ranges::borrowed_range<S> || (!std::ranges::forward_range<S> && !requires { typename S::iterators_refer_to_me; });
template <class S>
inline constexpr bool stays_in_place = Relocatable<S>;
template <class T>
inline constexpr bool stays_in_place<referenced<T>> = true;
template <class T>
inline constexpr bool stays_in_place<owned<T>> = Relocatable<T>;
template <class T>
inline constexpr bool stays_in_place<polled<T>> = std::is_reference_v<T>;

/// Where a cursor finds its source: where it is given, or, once it has begun, on the heap, since who holds both may be moved.
template <class S, bool InPlace = stays_in_place<S>>
struct cursor_source {
    static constexpr S& begin(S& source) noexcept { return source; }
    static constexpr S& get(S& source) noexcept { return source; }
};
template <class S>
struct cursor_source<S, false> {
    constexpr cursor_source() noexcept = default;
    constexpr cursor_source(cursor_source&& other) noexcept : moved_(other.moved_) { other.moved_ = nullptr; }
    constexpr cursor_source& operator=(cursor_source&& other) noexcept {
        S* const before = moved_;
        moved_ = other.moved_;
        other.moved_ = before;
        return *this;
    }
    constexpr ~cursor_source() { delete moved_; }

    constexpr S& begin(S& source) {
        if (moved_ == nullptr) moved_ = new S(static_cast<S&&>(source));
        return *moved_;
    }
    [[nodiscard]] constexpr S& get(S&) noexcept { return *moved_; }

private:
    S* moved_ = nullptr;
};

/// The iterator of Python: pull() goes to the next element, and nothing is touched before it is asked for. For sources that can be
/// iterated once, where a C++ iterator, which stands on an element, would have taken one too many.
///
///     cursor<S> at;
///     while (at.pull(source)) use(*at);
template <class S>
class cursor {
public:
    using iterator = std::ranges::iterator_t<S>;

    /// To the next element. False at the end, and from then on.
    constexpr bool pull(S& source) {
        if (stage_ == stage::inside) [[likely]] {
            if constexpr (std::ranges::forward_range<S>) {
                ++base();
            } else {
                stage_ = stage::stepping;
                ++base();
                stage_ = stage::inside;
            }
        } else if (stage_ == stage::stepping) {  // the last step threw: a generator has ended, another source may go on
            if (base() == std::ranges::end(source_.get(source))) return end();
            ++base();
            stage_ = stage::inside;
        } else if (stage_ == stage::fresh) {
            at_.fill([&]() -> iterator { return std::ranges::begin(source_.begin(source)); });
            stage_ = stage::inside;
        } else {
            return false;
        }
        return base() == std::ranges::end(source_.get(source)) ? end() : true;
    }
    /// The element; read it once.
    [[nodiscard]] constexpr std::ranges::range_reference_t<S> operator*() const { return *const_cast<cursor&>(*this).base(); }
    [[nodiscard]] constexpr bool started() const noexcept { return stage_ != stage::fresh; }
    [[nodiscard]] constexpr bool ended() const noexcept { return stage_ == stage::ended; }
    [[nodiscard]] constexpr iterator& base() noexcept { return *at_; }

private:
    enum class stage : unsigned char { fresh, inside, stepping, ended };
    constexpr bool end() noexcept {
        stage_ = stage::ended;
        return false;
    }

    AMPHIS_NO_UNIQUE_ADDRESS cursor_source<S> source_{};
    late_value<iterator> at_{};
    stage stage_ = stage::fresh;
};

/// An element of S while other sources, All... with it, are asked for theirs. They may be the same iterator, as in zip(it, it), or read from it: so an
/// element of a single-pass source is read when it is pulled. What is small is copied, since such a source may put each where the one before
/// was; large ones are referred to, but where a source is there twice.
template <class S, class... All>
class kept_element {
    using given = std::ranges::range_reference_t<S>;
    using item = std::ranges::range_value_t<S>;
    template <class T>
    static constexpr bool is_small = std::is_trivially_copyable_v<T> && sizeof(T) <= 16;
    static constexpr bool twice = (std::size_t{0} + ... + (std::is_same_v<S, All> ? 1U : 0U)) > 1;
    static constexpr bool copies = std::is_lvalue_reference_v<given> && (is_small<item> || (twice && (gives_away<S> || std::is_copy_constructible_v<item>)));
    using slot = held_element<std::conditional_t<copies, item, given>>;
    using kept = std::remove_reference_t<typename slot::reference>;

public:
    using reference = std::conditional_t<std::is_lvalue_reference_v<given> && !copies, given, std::conditional_t<is_small<kept>, std::remove_cv_t<kept>, kept&&>>;

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"  // g++ 12 does not see that a cursor which was pulled has an iterator
#endif
    constexpr void keep(cursor<S> const& at) {
        if constexpr (copies) {
            slot_.fill([&at]() -> item { return item(taken<S>(*at)); });
        } else {
            slot_.fill([&at]() -> decltype(auto) { return *at; });
        }
    }
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
    [[nodiscard]] constexpr reference get(cursor<S> const&) const { return static_cast<reference>(slot_.get()); }

private:
    slot slot_{};
};
/// A container has it still.
template <class S, class... All>
    requires RereadableRange<S>
class kept_element<S, All...> {
public:
    using reference = std::ranges::range_reference_t<S>;

    static constexpr void keep(cursor<S> const&) noexcept {}
    [[nodiscard]] static constexpr reference get(cursor<S> const& at) { return *at; }
};

}  // namespace detail
}  // namespace amphis::inline v0

template <class T>
    requires std::is_same_v<typename T::amphis_view, amphis::detail::view_tag>
inline constexpr bool std::ranges::enable_view<T> = true;

template <class T>
inline constexpr bool std::ranges::enable_borrowed_range<amphis::detail::referenced<T>> = true;
template <class T>
inline constexpr bool std::ranges::enable_borrowed_range<amphis::detail::characters<T>> = true;
template <class T>
inline constexpr bool std::ranges::enable_borrowed_range<amphis::detail::owned<T>> = std::ranges::enable_borrowed_range<T>;

#endif  // AMPHIS_DETAIL_ITERATION_HPP
