// SPDX-License-Identifier: MIT
// contextlib/exit_stack: any number of cleanups, known when the program runs.
// Python: docs.python.org/3/library/contextlib.html#contextlib.ExitStack
#ifndef AMPHIS_CONTEXTLIB_EXIT_STACK_HPP
#define AMPHIS_CONTEXTLIB_EXIT_STACK_HPP

#include <amphis/config.hpp>
#include <amphis/contextlib/kept_argument.hpp>
#include <amphis/contextlib/with.hpp>
#include <amphis/detail/invoke.hpp>
#include <amphis/lang/exceptions/info.hpp>

#include <cstddef>
#include <cstring>
#include <new>
#include <tuple>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {

namespace detail {

class cleanup_stack;

/// What one kind of cleanup can do. `state` is where it lives in the stack.
struct cleanup_kind {
    bool (*pop_and_run)(cleanup_stack& stack, exc_info const& exc);
    void (*destroy)(void* state) noexcept;
    void (*relocate)(void* state, void* to) noexcept;  // null: as bytes
    std::size_t size;                                  // bytes of the state
};

/// A callback and its arguments.
template <class Fn, class... A>
struct called_at_exit {
    AMPHIS_NO_UNIQUE_ADDRESS Fn fn;
    AMPHIS_NO_UNIQUE_ADDRESS std::tuple<A...> arguments;
    bool run(exc_info const&) {
        std::apply([this](A&... stored) { static_cast<void>(call(static_cast<Fn&&>(fn), passed_argument<A>::pass(stored)...)); }, arguments);
        return false;
    }
};
template <class Fn>
struct called_at_exit<Fn> {
    AMPHIS_NO_UNIQUE_ADDRESS Fn fn;
    bool run(exc_info const&) {
        static_cast<void>(static_cast<Fn&&>(fn)());
        return false;
    }
};

/// Calls exit of a manager, or a function that is called as one.
template <class Cm>
bool run_exit(Cm& cm, exc_info const& exc) {
    if constexpr (ExitSuppresses<Cm>) {
        return static_cast<bool>(cm.exit(exc));
    } else if constexpr (ExitSees<Cm>) {
        cm.exit(exc);
        return false;
    } else {
        cm.exit();
        return false;
    }
}
template <class Cm>
struct exits_reference {
    Cm* cm;
    bool run(exc_info const& exc) { return run_exit(*cm, exc); }
};
/// Of its own, and in its place: enter() may have returned a reference into it.
template <class Cm>
struct exits_owned {
    Cm* cm;
    explicit exits_owned(Cm&& manager) : cm(new Cm(static_cast<Cm&&>(manager))) {}
    exits_owned(exits_owned&& other) noexcept : cm(std::exchange(other.cm, nullptr)) {}
    exits_owned& operator=(exits_owned&&) = delete;
    ~exits_owned() { delete cm; }
    bool run(exc_info const& exc) { return run_exit(*cm, exc); }
};
template <class Fn>
struct called_as_exit {
    AMPHIS_NO_UNIQUE_ADDRESS Fn fn;
    bool run(exc_info const& exc) {
        if constexpr (std::is_convertible_v<std::invoke_result_t<Fn&, exc_info const&>, bool>) {
            return static_cast<bool>(call(fn, exc));
        } else {
            call(fn, exc);
            return false;
        }
    }
};

/// States one after another in one block, the last on top; each is followed by its kind. The first 256 bytes are in the object.
class cleanup_stack {
    static constexpr std::size_t unit = alignof(void*);
    static constexpr std::size_t inline_size = 256;

public:
    /// Others are kept in a block of their own: it is no time to run out of memory when they run.
    template <class State>
    static constexpr bool holds = std::is_nothrow_move_constructible_v<State> && alignof(State) <= unit && sizeof(State) <= inline_size;

    cleanup_stack() noexcept : first_(buffer_), top_(buffer_), end_(buffer_ + inline_size) {}
    cleanup_stack(cleanup_stack&& other) noexcept : cleanup_stack() { take(other); }
    cleanup_stack& operator=(cleanup_stack&&) = delete;
    ~cleanup_stack() {
        while (!empty()) {
            cleanup_kind const& kind = *kind_below(top_);
            top_ -= room_of(kind.size);
            if (kind.destroy != nullptr) kind.destroy(top_);
        }
        release();
    }

    [[nodiscard]] bool empty() const noexcept { return top_ == first_; }

    template <class State, class... A>
    void push(A&&... arguments) {
        static_assert(holds<State>);
        constexpr std::size_t room = room_of(sizeof(State));
        if (room > static_cast<std::size_t>(end_ - top_)) [[unlikely]] grow(room);
        ::new (static_cast<void*>(top_)) State{static_cast<A&&>(arguments)...};
        top_ += room;
        cleanup_kind const* const pointer = &kind_of<State>;
        std::memcpy(top_ - sizeof(pointer), static_cast<void const*>(&pointer), sizeof(pointer));
    }

    /// Take the top cleanup off, then run it: while it runs it is not on the stack, which it may push to.
    bool run_top(exc_info const& exc) { return kind_below(top_)->pop_and_run(*this, exc); }

private:
    template <class State>
    struct operations {
        static bool pop_and_run(cleanup_stack& stack, exc_info const& exc) {
            stack.top_ -= room_of(sizeof(State));
            auto* const there = static_cast<State*>(static_cast<void*>(stack.top_));
            State own(static_cast<State&&>(*there));
            there->~State();
            return own.run(exc);
        }
        static void destroy(void* state) noexcept { static_cast<State*>(state)->~State(); }
        static void relocate(void* state, void* to) noexcept {
            auto* const from = static_cast<State*>(state);
            ::new (to) State(static_cast<State&&>(*from));
            from->~State();
        }
    };
    template <class State>
    static constexpr cleanup_kind kind_of{&operations<State>::pop_and_run, std::is_trivially_destructible_v<State> ? nullptr : &operations<State>::destroy,
                                          std::is_trivially_copyable_v<State> ? nullptr : &operations<State>::relocate, sizeof(State)};

    static constexpr std::size_t room_of(std::size_t size) noexcept { return (size + sizeof(void*) + unit - 1) / unit * unit; }
    [[nodiscard]] static cleanup_kind const* kind_below(unsigned char const* end) noexcept {
        cleanup_kind const* kind;
        std::memcpy(static_cast<void*>(&kind), end - sizeof(kind), sizeof(kind));
        return kind;
    }
    [[nodiscard]] std::size_t size() const noexcept { return static_cast<std::size_t>(top_ - first_); }
    /// Everything to another block, from the top down.
    void move_states(unsigned char* to) noexcept {
        for (unsigned char* end = top_; end != first_;) {
            cleanup_kind const* const kind = kind_below(end);
            unsigned char* const start = end - room_of(kind->size);
            unsigned char* const there = to + (start - first_);
            if (kind->relocate != nullptr) {
                kind->relocate(start, there);
            } else {
                std::memcpy(there, start, kind->size);
            }
            std::memcpy(to + (end - first_) - sizeof(kind), static_cast<void const*>(&kind), sizeof(kind));
            end = start;
        }
    }
    AMPHIS_COLD void grow(std::size_t room) {
        std::size_t const used = size();
        std::size_t const capacity = 2 * static_cast<std::size_t>(end_ - first_) + room;
        auto* const block = static_cast<unsigned char*>(::operator new(capacity));
        move_states(block);
        release();
        first_ = block;
        top_ = block + used;
        end_ = block + capacity;
    }
    void take(cleanup_stack& other) noexcept {
        if (other.first_ != other.buffer_) {
            first_ = other.first_;
            top_ = other.top_;
            end_ = other.end_;
        } else {
            other.move_states(buffer_);
            top_ = buffer_ + other.size();
        }
        other.first_ = other.top_ = other.buffer_;
        other.end_ = other.buffer_ + inline_size;
    }
    void release() noexcept {
        if (first_ != buffer_) ::operator delete(first_);
    }

    unsigned char* first_;
    unsigned char* top_;
    unsigned char* end_;
    alignas(unit) unsigned char buffer_[inline_size];
};

[[nodiscard]] inline bool same_exception(exc_info const& a, exc_info const& b) noexcept {
    if (a == b) return true;
    return a.value() != nullptr && b.value() != nullptr && exception_access::state(*a.value()) == exception_access::state(*b.value());
}

/// Hang `old`, which may be none, where the chain of contexts of `raised` ends at `handled`: what was being handled when the cleanups began.
/// An exception has its context from when it was made: one that was made before has none yet. CPython: _fix_exception_context.
AMPHIS_COLD inline void fix_context(exc_info const& raised, exc_info const& old, exc_info const& handled) noexcept {
    try {
        for (exc_info at = raised; at.value() != nullptr && !same_exception(at, old);) {
            exc_info const context = at.value()->context();
            if (!context && !handled) return;
            if (!context || same_exception(context, handled)) return set_link(*at.value(), &exception_links::context, old);
            at = context;
        }
    } catch (std::bad_alloc const&) {  // a context less
    }
}

}  // namespace detail

namespace contextlib {

/// Cleanups that are added while the program runs, run in reverse at the end.
///
///     with(ExitStack{}, [&](auto& stack) {
///         for (auto& name : names) files.push_back(&stack.enter_context(open(name)));
///         stack.callback([] { print("done"); });
///     });                                                     // done; then the files are closed, the last first
///
/// Returns   of `with`: an optional, as a cleanup may suppress an exception.
/// Raises    what a cleanup raises, after the others have run; its context is the exception before.
/// Cost      no allocation for callbacks of 256 bytes in all; a manager moved in is one allocation, as it must not move after enter().
/// Threads   one stack belongs to one thread.
/// Source    Lib/contextlib.py, ExitStack (CPython 3.11).
class ExitStack {
public:
    using enters_as_itself = ExitStack;  // also as what derives from it

    ExitStack() noexcept = default;
    /// The cleanups go along; the other stack is empty.
    ExitStack(ExitStack&& other) noexcept = default;
    ExitStack& operator=(ExitStack&&) = delete;
    /// What was not run is forgotten, as in Python: pop_all() alone cancels the cleanups.
    ~ExitStack() = default;

    /// Enter `cm`, and leave it at the end.
    ///
    /// cm        a context manager; an lvalue is referred to, an rvalue moved in.
    /// Returns   what its enter() returns; a value stays in the stack's caller.
    /// Raises    what enter() raises; then it is not left.
    template <class Cm>
    decltype(auto) enter_context(Cm&& cm) {
        static_assert(ContextManager<Cm>, "amphis: enter_context: this object does not support the context manager protocol: "
                                          "it needs enter(), and exit() or exit(amphis::exc_info const&)");
        using Manager = std::remove_reference_t<Cm>;
        if constexpr (std::is_lvalue_reference_v<Cm>) {
            return entered(cm, detail::exits_reference<Manager>{__builtin_addressof(cm)});
        } else {
            detail::exits_owned<Manager> owned(static_cast<Cm&&>(cm));
            Manager& there = *owned.cm;
            return entered(there, static_cast<detail::exits_owned<Manager>&&>(owned));
        }
    }

    /// Leave `cm` at the end, without entering it; or call `exit` as the exit of a manager: exit(exc_info const&), true to suppress.
    ///
    /// exit      a manager: an lvalue is referred to, an rvalue moved in; a function is copied or moved in.
    template <class Exit>
    void push(Exit&& exit) {
        using T = std::remove_reference_t<Exit>;
        if constexpr (detail::ExitSees<T> || detail::ExitIsPlain<T>) {
            if constexpr (std::is_lvalue_reference_v<Exit>) {
                cleanups_.push<detail::exits_reference<T>>(__builtin_addressof(exit));
            } else {
                cleanups_.push<detail::exits_owned<T>>(static_cast<Exit&&>(exit));
            }
        } else {
            using Fn = std::decay_t<Exit>;
            static_assert(std::is_invocable_v<Fn&, exc_info const&>,
                          "amphis: push takes a context manager, or a function of an exc_info const&; for a function of nothing, use callback");
            add<detail::called_as_exit<Fn>>(static_cast<Exit&&>(exit));
        }
    }

    /// Call fn(arguments...) at the end. It cannot suppress exceptions.
    ///
    /// arguments are copied or moved in; std::ref refers.
    /// Returns   nothing; in Python it returns fn, to be a decorator.
    template <class Fn, class... A>
    void callback(Fn&& fn, A&&... arguments) {
        static_assert(std::is_invocable_v<std::decay_t<Fn>, detail::passed_argument_t<detail::owned_argument<std::decay_t<A>>>...>,
                      "amphis: callback: the function cannot be called with these arguments");
        add<detail::called_at_exit<std::decay_t<Fn>, detail::owned_argument<std::decay_t<A>>...>>(
            static_cast<Fn&&>(fn), detail::keep_argument<detail::owned_argument<std::decay_t<A>>>(static_cast<A&&>(arguments))...);
    }

    /// All cleanups, in a new stack: this one has none left, and runs none. Without a place for the new one they are cancelled.
    ExitStack pop_all() noexcept { return ExitStack(static_cast<ExitStack&&>(*this)); }

    /// Run the cleanups now, the last first.
    void close() { exit(exc_info()); }

    ExitStack& enter() noexcept { return *this; }
    /// Runs the cleanups. True if one of them suppressed the exception, and no later one raised another.
    bool exit(exc_info const& exc) {
        exc_info raised;
        try {
            for (;;) {
                if (cleanups_.empty()) return false;
                if (cleanups_.run_top(exc)) [[unlikely]] break;
            }
        } catch (BaseException const& e) {
            raised = exc_info::current(e);
        } catch (std::exception const& e) {
            raised = exc_info::current(e);
        } catch (...) {
            raised = exc_info::current();
        }
        // Here, as within a handler its exception would be the current one.
        if (raised) detail::fix_context(raised, exc, exc_info::current());
        return go_on(exc, static_cast<exc_info&&>(raised));
    }

private:
    template <class Manager, class State>
    decltype(auto) entered(Manager& cm, State&& state) {
        using Result = decltype(cm.enter());
        // Room first: what is entered is sure to be left.
        if constexpr (std::is_void_v<Result>) {
            cm.enter();
            push_or_leave(cm, static_cast<State&&>(state));
        } else if constexpr (std::is_reference_v<Result>) {
            Result result = cm.enter();
            push_or_leave(cm, static_cast<State&&>(state));
            return static_cast<Result>(result);
        } else {
            Result result = cm.enter();
            push_or_leave(cm, static_cast<State&&>(state));
            return result;
        }
    }
    /// No memory for the cleanup: it is run at once.
    template <class Manager, class State>
    void push_or_leave(Manager& cm, State&& state) {
        try {
            cleanups_.push<State>(static_cast<State&&>(state));
        } catch (std::bad_alloc const& e) {
            detail::run_exit(cm, exc_info::current(e));
            throw;
        }
    }

    /// A state that cannot move, or might throw when it does, or wants more room or alignment, is kept in a block of its own.
    template <class State>
    struct boxed {
        State* state;
        explicit boxed(State* s) noexcept : state(s) {}
        boxed(boxed&& other) noexcept : state(std::exchange(other.state, nullptr)) {}
        boxed& operator=(boxed&&) = delete;
        ~boxed() { delete state; }
        bool run(exc_info const& exc) { return state->run(exc); }
    };
    template <class State, class First, class... A>
    void add(First&& first, A&&... arguments) {
        auto const make = [&]<class T>(std::type_identity<T>) {
            if constexpr (sizeof...(A) == 0) {
                return T{static_cast<First&&>(first)};
            } else {
                return T{static_cast<First&&>(first), {static_cast<A&&>(arguments)...}};
            }
        };
        if constexpr (detail::cleanup_stack::holds<State>) {
            cleanups_.push<State>(make(std::type_identity<State>()));
        } else {
            boxed<State> box(new State(make(std::type_identity<State>())));
            cleanups_.push<boxed<State>>(static_cast<boxed<State>&&>(box));
        }
    }

    /// The rest of exit, once a cleanup has suppressed the exception, or raised another: each one sees what is pending, and what one raises
    /// replaces that. It is thrown again once, at the end.
    AMPHIS_COLD bool go_on(exc_info const& exc, exc_info pending) {
        exc_info raised;
        while (!cleanups_.empty()) {
            try {
                if (cleanups_.run_top(pending)) pending = exc_info();
                continue;
            } catch (BaseException const& e) {
                raised = exc_info::current(e);
            } catch (std::exception const& e) {
                raised = exc_info::current(e);
            } catch (...) {
                raised = exc_info::current();
            }
            detail::fix_context(raised, pending, exc_info::current());
            pending = static_cast<exc_info&&>(raised);
        }
        if (pending) pending.raise();
        return static_cast<bool>(exc);
    }

    detail::cleanup_stack cleanups_;
};

}  // namespace contextlib
}  // namespace amphis::inline v0

#endif  // AMPHIS_CONTEXTLIB_EXIT_STACK_HPP
