// SPDX-License-Identifier: MIT
// exceptions/group: several exceptions raised as one.  Python: docs.python.org/3/library/exceptions.html#exception-groups
//
//     throw ExceptionGroup("2 of 3 failed", ValueError("a"), TypeError("b"));
//     catch (ExceptionGroup const& eg) {
//         print(eg, eg.exceptions());                          // 2 of 3 failed (2 sub-exceptions) (ValueError('a'), TypeError('b'))
//         auto [match, rest] = eg.split<ValueError>();
//     }
#ifndef AMPHIS_LANG_EXCEPTIONS_GROUP_HPP
#define AMPHIS_LANG_EXCEPTIONS_GROUP_HPP

#include <amphis/config.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/lang/exceptions/base.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>
#include <amphis/lang/exceptions/info.hpp>
#include <amphis/lang/exceptions/state.hpp>

#include <cstddef>
#include <cstring>
#include <exception>
#include <initializer_list>
#include <new>
#include <type_traits>

namespace amphis::inline v0 {

/// What split makes of a group: two of them. None where nothing is in one.
///
///     auto [match, rest] = eg.split<ValueError, TypeError>();
struct group_split {
    exc_info match{};
    exc_info rest{};
};

class BaseExceptionGroup;
class ExceptionGroup;

namespace detail {

template <>
struct counted_as<BaseExceptionGroup> {
    using type = ExceptionGroup;
};

/// The message of a group, and where the group is made: a default argument cannot follow the pack of its exceptions.
struct group_message {
    chars text;
    location where;

    template <Str S>
    // NOLINTNEXTLINE(google-explicit-constructor): a message is written as the text it is
    group_message(S const& message, location made = location::here()) : text(chars_of(message)), where(made) {}
};

AMPHIS_COLD inline void drop_members(exception_group_members* members) noexcept {
    for (std::size_t i = members->size; i != 0;) members->begin()[--i].~exc_info();
    ::operator delete(members->args);
    ::operator delete(members);
}

/// [ValueError('a'), ExceptionGroup('b', [...])]. In a loop: groups can be nested deeper than the stack.
AMPHIS_COLD inline void repr_members(text& out, exception_group_members const* members) {
    struct frame {
        exception_group_members const* members;
        std::size_t at;
    };
    text outer;  // of frames
    frame now{members, 0};
    out.push_back(members->as_tuple ? '(' : '[');
    for (;;) {
        if (now.at == now.members->size) {
            out.append(!now.members->as_tuple ? "]" : now.at == 1 ? ",)" : ")");
            if (outer.size() == 0) return;
            out.push_back(')');
            std::memcpy(&now, outer.data() + (outer.size() - sizeof(now)), sizeof(now));
            outer.truncate(outer.size() - sizeof(now));
            continue;
        }
        if (now.at != 0) out.append(", ", 2);
        exc_info const& e = now.members->begin()[now.at++];
        exception_group_members const* const inner = members_of(e.value());
        if (inner == nullptr) {
            repr_to(out, e);
            continue;
        }
        out.append(chars(e.type_name()));
        out.push_back('(');
        exception_access::state(*e.value())->begin()->append_repr(out);
        out.append(inner->as_tuple ? ", (" : ", [", 3);
        std::memcpy(outer.extend(sizeof(now)), &now, sizeof(now));
        now = {inner, 0};
    }
}

AMPHIS_COLD inline void repr_group(text& out, exception_state const& state) {
    out.push_back('(');
    state.begin()->append_repr(out);
    out.append(", ", 2);
    repr_members(out, state.links->members);
    out.push_back(')');
}

AMPHIS_COLD inline rendered const* print_group_args(exception_state const& state) noexcept {
    exception_group_members* const members = state.links->members;
    if (rendered* const known = __atomic_load_n(&members->args, __ATOMIC_ACQUIRE)) return known;
    try {
        text list;
        repr_members(list, members);
        void* const block = ::operator new(2 * sizeof(rendered) + list.size() + 1);
        auto* const first = static_cast<rendered*>(block);
        char* const characters = reinterpret_cast<char*>(first + 2);
        std::memcpy(characters, list.data(), list.size());
        characters[list.size()] = '\0';
        chars const printed(characters, list.size());
        ::new (block) rendered(*state.begin());
        ::new (static_cast<void*>(first + 1)) rendered(printed, printed);
        rendered* before = nullptr;
        if (__atomic_compare_exchange_n(&members->args, &before, first, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) return first;
        ::operator delete(block);
        return before;
    } catch (std::bad_alloc const&) {
        return nullptr;
    }
}

inline constexpr group_operations group_functions{drop_members, repr_group, print_group_args};

template <class R>
concept ExceptionRange = !std::is_base_of_v<std::exception, R> && requires(R const& range) {
    range.begin();
    range.end();
};

/// The exceptions of a group that is being made.
class group_builder {
public:
    group_builder() noexcept = default;
    group_builder(group_builder&& other) noexcept : members_(other.members_) { other.members_ = nullptr; }
    group_builder& operator=(group_builder&&) = delete;
    ~group_builder() {
        if (members_ != nullptr) drop_members(members_);
    }

    void push(exc_info e) {
        if (members_ == nullptr || members_->size == members_->capacity) grow();
        ::new (static_cast<void*>(members_->begin() + members_->size)) exc_info(static_cast<exc_info&&>(e));
        ++members_->size;
    }
    template <class E>
    void add(E const& e) {
        if constexpr (std::is_same_v<E, exc_info>) {
            push(e);
        } else if constexpr (std::is_same_v<E, std::exception_ptr>) {
            push(exc_info(e));
        } else {
            static_assert(std::is_base_of_v<std::exception, E>,
                          "amphis: a group is made of exceptions: ExceptionGroup(\"...\", ValueError(\"a\"), TypeError(\"b\")), or of a range of exc_info");
            if constexpr (std::is_base_of_v<std::exception, E>) push(same_or_copy(e));
        }
    }
    template <class... E>
    [[nodiscard]] static group_builder of(E const&... exceptions) {
        group_builder made;
        if constexpr (sizeof...(E) == 1 && (ExceptionRange<E> && ...)) {
            (made.add_range(exceptions), ...);
        } else {
            (made.add(exceptions), ...);
        }
        return made;
    }
    template <class R>
    void add_range(R const& range) {
        for (auto const& e : range) add(e);
    }

    [[nodiscard]] exception_tuple exceptions() const noexcept {
        return members_ != nullptr ? exception_tuple(members_->begin(), members_->size) : exception_tuple();
    }
    [[nodiscard]] std::size_t size() const noexcept { return exceptions().size(); }
    void print_as_tuple() noexcept { members_->as_tuple = true; }

    /// None of them keeps the group from being an ExceptionGroup.
    [[nodiscard]] bool only_exceptions() const noexcept {
        for (exc_info const& e : exceptions()) {
            if (e.value() != nullptr && !e.is<Exception>()) return false;
        }
        return true;
    }
    /// As CPython checks what it is given.
    template <class E>
    AMPHIS_COLD void check(bool takes_all) const {
        if (size() == 0) throw_<ValueError>("second argument (exceptions) must be a non-empty sequence");
        for (exc_info const& e : exceptions()) {
            if (e.is<std::exception>()) continue;
            text message;
            message.append("Item ");
            integer_to(message, static_cast<std::size_t>(&e - exceptions().begin()));
            message.append(" of second argument (exceptions) is not an exception");
            throw_chars<ValueError>(message.view());
        }
        if (takes_all || only_exceptions()) return;
        text message;
        message.append("Cannot nest BaseExceptions in ");
        if constexpr (std::is_same_v<E, ExceptionGroup>) {
            message.append("an ExceptionGroup");
        } else {
            message.push_back('\'');
            message.append(E::class_name());
            message.push_back('\'');
        }
        throw_chars<TypeError>(message.view());
    }
    /// Hand them over; without memory the group has none.
    void give(BaseException const& group) {
        exception_links* const links = exception_access::links(group);
        if (links == nullptr) return;
        links->group = &group_functions;
        links->members = members_;
        members_ = nullptr;
    }

private:
    AMPHIS_COLD void grow() {
        std::size_t const capacity = members_ == nullptr ? 4 : 2 * members_->capacity;
        void* const block = ::operator new(sizeof(exception_group_members) + capacity * sizeof(exc_info));
        auto* const grown = ::new (block) exception_group_members{0, capacity, nullptr, false};
        if (members_ != nullptr) {
            for (exc_info* e = members_->begin(); grown->size != members_->size; ++e, ++grown->size) {
                ::new (static_cast<void*>(grown->begin() + grown->size)) exc_info(static_cast<exc_info&&>(*e));
            }
            drop_members(members_);
        }
        members_ = grown;
    }

    exception_group_members* members_ = nullptr;
};

/// The question that split asks of each exception, without its type.
struct exception_filter {
    bool (*ask)(void* predicate, exc_info const& e);
    void* predicate;

    [[nodiscard]] bool operator()(exc_info const& e) const { return ask(predicate, e); }
};
template <class... E>
[[nodiscard]] exception_filter filter_by_type() noexcept {
    static_assert(sizeof...(E) != 0, "amphis: split and subgroup take the classes to look for: eg.split<ValueError, KeyError>(), or a predicate");
    return {[](void*, exc_info const& e) { return (e.is<E>() || ...); }, nullptr};
}
template <class Predicate>
[[nodiscard]] exception_filter filter_by(Predicate& predicate) noexcept {
    static_assert(std::is_invocable_r_v<bool, Predicate&, exc_info const&>, "amphis: the predicate of split and subgroup takes an exc_info and returns a bool");
    return {[](void* asked, exc_info const& e) -> bool { return static_cast<bool>((*static_cast<Predicate*>(asked))(e)); },
            const_cast<void*>(static_cast<void const*>(&predicate))};
}

// These are templates so that a program without groups does not wait for their compilation: Builder is group_builder.

/// `e` is a copy of `whole`, which may be of a class derived from what the copy is.
template <class Builder = group_builder>
[[nodiscard]] group_split split_group(exc_info const& e, BaseException const* whole, exception_filter filter, unsigned depth = 0);
template <class Builder>
[[nodiscard]] exc_info make_group(chars message, Builder&& exceptions);

/// What both classes of groups have.
template <class Self, class Base>
class AMPHIS_VISIBLE group : public Base {
public:
    /// What it was made with; str(e) says the number of its exceptions, too.
    [[nodiscard]] rendered const& message() const noexcept AMPHIS_LIFETIMEBOUND { return this->value(0); }

    /// Those it was made of, in order.
    [[nodiscard]] exception_tuple exceptions() const noexcept AMPHIS_LIFETIMEBOUND { return exceptions_of(this); }

    /// Two groups of the same shape: of the exceptions that are an E, and of the others. Groups within are looked into.
    ///
    ///     auto [match, rest] = eg.split<ValueError, KeyError>();
    ///     auto [mine, others] = eg.split([](exc_info const& e) { return is_mine(e); });
    ///
    /// Returns   as exc_info; None instead of an empty group. Notes, cause and context go along.
    /// Raises    RecursionError for groups nested deeper than 1000.
    /// Differs   a group that matches whole is a copy that compares equal, not the object itself, unless that is being handled.
    /// Source    Objects/exceptions.c, exceptiongroup_split_recursive (CPython 3.11).
    template <class... E>
    [[nodiscard]] group_split split() const {
        return split_group(itself(), this, filter_by_type<E...>());
    }
    template <class Predicate>
    [[nodiscard]] group_split split(Predicate const& predicate) const {
        return split_group(itself(), this, filter_by(predicate));
    }
    /// The first of what split returns.
    template <class... E>
    [[nodiscard]] exc_info subgroup() const {
        return split<E...>().match;
    }
    template <class Predicate>
    [[nodiscard]] exc_info subgroup(Predicate const& predicate) const {
        return split(predicate).match;
    }

    /// A group with the same message of other exceptions. Override it in a class of your own, so that split and except_star keep the class.
    ///
    ///     exc_info derive(exception_tuple exceptions) const override { return MyGroup(message(), exceptions); }
    [[nodiscard]] virtual exc_info derive(exception_tuple exceptions) const {
        return make_group(chars(message().data(), message().size()), group_builder::of(exceptions));
    }

    static void write_message(text& out, exception_parts const& parts) {
        parts[0].append_str(out);
        std::size_t const size = parts.list[1].size;
        out.append(" (", 2);
        integer_to(out, size);
        out.append(size == 1 ? " sub-exception)" : " sub-exceptions)");
    }

protected:
    template <class E, class... X>
    group(as<E> made, group_message message, bool takes_all, group_builder&& members)
        : Base(made, checked<E>(message.text, takes_all, members), members_argument{members.size()}) {
        members.give(*this);
    }

    [[nodiscard]] detail::derive_function derive_function() const noexcept override {
        return [](BaseException const& e, exception_tuple members) -> exc_info { return static_cast<group const&>(e).derive(members); };
    }

private:
    template <class E>
    [[nodiscard]] static chars checked(chars message, bool takes_all, group_builder const& members) {
        members.template check<E>(takes_all);
        return message;
    }
    [[nodiscard]] exc_info itself() const { return same_or_copy(static_cast<Self const&>(*this)); }
};

}  // namespace detail

/// Exceptions of any class, KeyboardInterrupt among them, raised as one.
///
/// Differs   BaseExceptionGroup(...) stays one where CPython makes an ExceptionGroup if it can: BaseExceptionGroup::of() does that.
///           ExceptionGroup does not derive from it, as it derives from Exception: exc_info::is<BaseExceptionGroup>() is true of both,
///           catch (BaseExceptionGroup const&) gets only the one.
class AMPHIS_VISIBLE BaseExceptionGroup : public detail::group<BaseExceptionGroup, BaseException> {
public:
    AMPHIS_EXCEPTION_CLASS(BaseExceptionGroup, BaseException, false)

    template <class... E>
    explicit BaseExceptionGroup(detail::group_message message, E const&... exceptions)
        : group(detail::as<BaseExceptionGroup>{message.where}, message, true, detail::group_builder::of(exceptions...)) {}
    template <class Builder = detail::group_builder>
    explicit BaseExceptionGroup(detail::group_message message, std::initializer_list<exc_info> exceptions)
        : group(detail::as<BaseExceptionGroup>{message.where}, message, true, Builder::of(exceptions)) {}
    static constexpr char const* class_name() noexcept { return "BaseExceptionGroup"; }

    /// An ExceptionGroup if all exceptions are Exceptions, else a BaseExceptionGroup.
    template <class... E>
    [[nodiscard]] static exc_info of(detail::group_message message, E const&... exceptions) {
        return detail::make_group(message.text, detail::group_builder::of(exceptions...));
    }

protected:
    template <class E, class... X>
    explicit BaseExceptionGroup(detail::as<E> made, detail::group_message message, X const&... exceptions)
        : group(made, message, true, detail::group_builder::of(exceptions...)) {}

private:
    template <class Builder>
    friend exc_info detail::make_group(detail::chars message, Builder&& exceptions);
    template <class Builder>
        requires std::is_same_v<Builder, detail::group_builder>
    BaseExceptionGroup(detail::chars message, Builder&& exceptions)
        : group(detail::as<BaseExceptionGroup>(), detail::group_message(message, {}), true, static_cast<Builder&&>(exceptions)) {}
};

/// Several errors raised as one.
///
///     throw ExceptionGroup("2 of 3 failed", ValueError("a"), TypeError("b"));
///     throw ExceptionGroup("2 of 3 failed", {ValueError("a"), TypeError("b")});
///     throw ExceptionGroup("failed", errors);                 // std::vector<exc_info> errors
///
/// message     a str.
/// exceptions  exceptions, or one range of exc_info, exceptions, or std::exception_ptr. What is being handled, by reference, is kept as it is; others
///             are copied as the type they have here.
/// Raises      ValueError for none; TypeError for one that is no Exception, such as KeyboardInterrupt.
/// Cost        an allocation for the list, and one for each exception that is not an exc_info already. Its repr is made when asked for.
/// Source      PEP 654.
class AMPHIS_VISIBLE ExceptionGroup : public detail::group<ExceptionGroup, Exception> {
    template <class E>
    static constexpr bool fits = !std::is_base_of_v<BaseException, E> || std::is_base_of_v<Exception, E> || std::is_same_v<E, BaseException>;

public:
    AMPHIS_EXCEPTION_CLASS(ExceptionGroup, Exception, false)

    template <class... E>
    explicit ExceptionGroup(detail::group_message message, E const&... exceptions)
        : group(detail::as<ExceptionGroup>{message.where}, message, false, detail::group_builder::of(exceptions...)) {
        static_assert(sizeof...(E) != 0, "amphis: an ExceptionGroup is made of a message and at least one exception");
        static_assert((fits<E> && ...), "amphis: Cannot nest BaseExceptions in an ExceptionGroup; BaseExceptionGroup takes them");
    }
    template <class Builder = detail::group_builder>
    explicit ExceptionGroup(detail::group_message message, std::initializer_list<exc_info> exceptions)
        : group(detail::as<ExceptionGroup>{message.where}, message, false, Builder::of(exceptions)) {}
    static constexpr char const* class_name() noexcept { return "ExceptionGroup"; }

protected:
    template <class E, class... X>
    explicit ExceptionGroup(detail::as<E> made, detail::group_message message, X const&... exceptions)
        : group(made, message, false, detail::group_builder::of(exceptions...)) {}

private:
    template <class Builder>
    friend exc_info detail::make_group(detail::chars message, Builder&& exceptions);
    template <class Builder>
        requires std::is_same_v<Builder, detail::group_builder>
    ExceptionGroup(detail::chars message, Builder&& exceptions)
        : group(detail::as<ExceptionGroup>(), detail::group_message(message, {}), false, static_cast<Builder&&>(exceptions)) {}
};

namespace detail {

template <class Builder>
AMPHIS_COLD exc_info make_group(chars message, Builder&& exceptions) {
    if (exceptions.only_exceptions()) return ExceptionGroup(message, static_cast<Builder&&>(exceptions));
    return BaseExceptionGroup(message, static_cast<Builder&&>(exceptions));
}

/// A group of some of the exceptions of `whole`, with what hangs on that.
template <class Builder>
AMPHIS_COLD exc_info part_of_group(BaseException const& whole, Builder&& some) {
    if (some.size() == 0) return {};
    exception_state const& from = *exception_access::state(whole);
    auto const derive = exception_access::derive(whole);  // null for a copy that C++ has sliced
    exc_info part = derive != nullptr ? derive(whole, some.exceptions())
                                      : make_group(chars(from.begin()->data(), from.begin()->size()), static_cast<Builder&&>(some));
    if (members_of(part.value()) == nullptr) throw_<TypeError>("derive must return an instance of BaseExceptionGroup");
    exception_access::state(*part.value())->where = from.where;
    if (exception_links* const links = exception_access::links(*part.value())) {
        links->context = from.links->context;
        links->cause = from.links->cause;
        links->suppress_context = true;  // in CPython, too, setting a cause does that, be it None
    }
    for (rendered const& note : whole.notes()) exception_access::add_note(*part.value(), note);
    return part;
}

template <class Builder>
AMPHIS_COLD group_split split_group(exc_info const& e, BaseException const* whole, exception_filter filter, unsigned depth) {
    if (filter(e)) return {e, {}};
    if (members_of(whole) == nullptr) return {{}, e};
    if (depth == 1000) throw_<RecursionError>("maximum recursion depth exceeded in exceptiongroup_split_recursive");
    Builder matching;
    Builder others;
    for (exc_info const& member : e.exceptions()) {
        group_split both = split_group(member, member.value(), filter, depth + 1);
        if (both.match) matching.push(static_cast<exc_info&&>(both.match));
        if (both.rest) others.push(static_cast<exc_info&&>(both.rest));
    }
    return {part_of_group(*whole, static_cast<Builder&&>(matching)), part_of_group(*whole, static_cast<Builder&&>(others))};
}

}  // namespace detail
}  // namespace amphis::inline v0

#endif  // AMPHIS_LANG_EXCEPTIONS_GROUP_HPP
