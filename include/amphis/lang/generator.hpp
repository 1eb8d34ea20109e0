// SPDX-License-Identifier: MIT
// generator: functions that yield.  Python: docs.python.org/3/glossary.html#term-generator, PEP 255, 342, 380, 479
//
//     generator<long> fibonacci() { long a = 0, b = 1; for (;;) { co_yield a; a = std::exchange(b, a + b); } }
//     for (long x : fibonacci()) { if (x > 100) break; print(x); }
#ifndef AMPHIS_LANG_GENERATOR_HPP
#define AMPHIS_LANG_GENERATOR_HPP

#include <amphis/config.hpp>
#include <amphis/detail/frame.hpp>
#include <amphis/lang/exceptions.hpp>

#include <coroutine>
#include <cstddef>
#include <exception>
#include <span>  // declares std::ranges::enable_view, for a third of what <ranges> costs
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {

template <class Yield, class Send = void, class Return = void>
class generator;

namespace detail {

// clang before 17 takes a coroutine whose unhandled_exception throws for one that waits where it last waited, and destroys the locals of that
// place once more. There the exception is kept and thrown by whoever resumed it.
#if defined(__clang__) && __clang_major__ < 17
inline constexpr bool errors_wait = true;
#else
inline constexpr bool errors_wait = false;
#endif
template <bool Waits>
struct waiting_error {
    std::exception_ptr error{};
};
template <>
struct waiting_error<false> {};

struct yielding_link;

/// Where a coroutine of a delegation stands, whatever it sends and returns. Null pointers mean "myself": a coroutine that
/// holds its own address is never optimised away.
struct yielding {
    enum stage : unsigned char { idle, running, delegated, inside, fresh, finished };  // the last three: of one that can be sent to
    enum news : unsigned char { nothing, value_sent, error_thrown };

    yielding_link* link = nullptr;  // how a child hangs on its parent; null for the outermost
    yielding* root = nullptr;       // the outermost, which the caller drives
    yielding* leaf = nullptr;       // of the outermost: the innermost, which runs
    yielding* parent = nullptr;
    std::coroutine_handle<> self{};  // of a child
    std::exception_ptr* thrown = nullptr;  // with the signal error_thrown
    void const* sends = nullptr;           // which type can be sent
    stage state = idle;                    // of the outermost
    news signal = nothing;                 // what there is to take at the next resumption
    bool takes = false;                    // can be thrown into
    bool no_send = false;                  // runs over something that is no generator

    [[nodiscard]] yielding& outermost() noexcept { return root != nullptr ? *root : *this; }
};

/// In the parent's frame, while it delegates to a child.
struct yielding_link {
    std::exception_ptr error{};
    std::coroutine_handle<> child{};
    yielding* active = nullptr;  // the child, between its first resumption from here and its end

    explicit yielding_link(std::coroutine_handle<> c) noexcept : child(c) {}
    yielding_link(yielding_link const&) = delete;
    yielding_link& operator=(yielding_link const&) = delete;
    ~yielding_link() {
        if (!child) return;
        if (active != nullptr) drop_inner();
        child.destroy();
    }

    /// Dropped half-way: the innermost goes first, then outwards, so that a chain of any length takes no stack. Here and not in the
    /// generator's destructor, where a few blocks more would keep clang from taking frames apart.
    AMPHIS_COLD void drop_inner() noexcept {
        for (yielding* at = active->root->leaf; at != nullptr && at != active;) {
            yielding* const parent = at->parent;
            std::coroutine_handle<> const frame = std::exchange(at->link->child, {});
            frame.destroy();
            at = parent;
        }
    }
};

[[noreturn]] AMPHIS_COLD inline void rethrow_from_generator(std::exception_ptr const& error) {
    try {
        std::rethrow_exception(error);
    } catch (StopIteration const& e) {  // PEP 479
        raise_from(RuntimeError("generator raised StopIteration"), e);
    }
}

/// A value that may not be there yet.
template <class T>
class late {
public:
    late() noexcept {}
    late(late const&) = delete;
    late& operator=(late const&) = delete;
    ~late() { reset(); }

    template <class... A>
    void emplace(A&&... arguments) {
        reset();
        ::new (static_cast<void*>(__builtin_addressof(value_))) T(static_cast<A&&>(arguments)...);
        full_ = true;
    }
    void reset() noexcept {
        if (full_) value_.~T();
        full_ = false;
    }
    [[nodiscard]] bool full() const noexcept { return full_; }
    [[nodiscard]] T& get() noexcept { return value_; }
    [[nodiscard]] T take() {
        T value(static_cast<T&&>(value_));
        reset();
        return value;
    }

private:
    union {
        T value_;
    };
    bool full_ = false;
};

/// How a yielded value waits for its consumer. Small trivial values are copied: a pointer into the frame would keep the compiler from
/// taking the frame apart (25 instructions an element instead of 4 with clang 19). Others are referred to: they live until the next resumption.
template <class Y>
inline constexpr bool yields_copy = !std::is_reference_v<Y> && std::is_trivially_copyable_v<Y> && std::is_trivially_default_constructible_v<Y> &&
                                    sizeof(Y) <= 16;

template <class Y, bool = yields_copy<Y>>
struct yielded {
    using slot = Y;
    using reference = Y&;
    static constexpr Y& get(slot& s) noexcept { return s; }
};
template <class Y>
struct yielded<Y, false> {
    using slot = std::remove_reference_t<Y>*;
    using reference = std::conditional_t<std::is_reference_v<Y>, Y, Y&>;
    static constexpr reference get(slot s) noexcept { return static_cast<reference>(*s); }
};

/// What the innermost coroutine yields; the driver carries it to the outermost.
template <class Y>
struct yielding_of : yielding {
    typename yielded<Y>::slot current;
};

template <class>
inline constexpr bool always = true;

template <class E>
[[nodiscard]] std::exception_ptr as_pointer(E&& error) {
    if constexpr (std::is_same_v<std::remove_cvref_t<E>, std::exception_ptr>) {
        return error;
    } else {
        return std::make_exception_ptr(static_cast<E&&>(error));
    }
}

/// None, in the type that a generator is sent.
template <class S>
[[nodiscard]] constexpr S none_of() {
    static_assert(std::is_default_constructible_v<S> || std::is_constructible_v<S, none_t>,
                  "amphis: next() sends None, and the Send type of this generator has none: use std::optional<Send>, or only send()");
    if constexpr (std::is_constructible_v<S, none_t>) {
        return S(None);
    } else {
        return S();
    }
}

template <class S>
inline constexpr char send_type = 0;

/// The part of a promise that can be sent to and thrown into.
template <class Y, class S>
struct duplex_of : yielding_of<Y> {
    union {
        S sent;  // there while the signal is value_sent
    };
    std::exception_ptr* caught = nullptr;  // of the outermost: where an exception out of the body goes instead of out of the resumption

    duplex_of() noexcept {
        this->sends = &send_type<S>;
        this->takes = true;
        this->state = yielding::fresh;
    }
    duplex_of(duplex_of const&) = delete;
    duplex_of& operator=(duplex_of const&) = delete;
    ~duplex_of() { forget(); }

    void put(S&& value) {
        forget();
        ::new (static_cast<void*>(__builtin_addressof(sent))) S(static_cast<S&&>(value));
        this->signal = yielding::value_sent;
    }
    [[nodiscard]] S take() {
        S value(static_cast<S&&>(sent));
        forget();
        return value;
    }
    void forget() noexcept {
        if (this->signal == yielding::value_sent) sent.~S();
        this->signal = yielding::nothing;
    }
};

template <class Y, class S>
using promise_links = typename std::conditional_t<std::is_void_v<S>, std::type_identity<yielding_of<Y>>, std::type_identity<duplex_of<Y, S>>>::type;

struct no_return_value {
    explicit no_return_value() noexcept = default;
};

template <class R>
struct returning {
    late<R> returned;

    void return_value(no_return_value) noexcept {}

    template <class T = R>
        requires std::is_constructible_v<R, T>
    void return_value(T&& value) {
        returned.emplace(static_cast<T&&>(value));
    }
};
template <>
struct returning<void> {
    void return_void() noexcept {}
};

/// After a yield: nothing to do, or what was sent or thrown.
template <class Y, class S>
struct yield_point {
    yielding* promise;

    explicit yield_point(yielding& p) noexcept : promise(&p) {}
    [[nodiscard]] static constexpr bool await_ready() noexcept { return false; }
    static constexpr void await_suspend(std::coroutine_handle<>) noexcept {}
    S await_resume() {
        auto& mine = static_cast<duplex_of<Y, S>&>(*promise);
        if (mine.signal == yielding::value_sent) [[likely]] return mine.take();
        if (mine.signal == yielding::error_thrown) throw_here(mine);
        return none_of<S>();
    }
    [[noreturn]] AMPHIS_COLD static void throw_here(yielding& mine) {
        mine.signal = yielding::nothing;
        std::rethrow_exception(*std::exchange(mine.thrown, nullptr));
    }
};
template <class Y>
struct yield_point<Y, void> {
    explicit yield_point(yielding&) noexcept {}
    [[nodiscard]] static constexpr bool await_ready() noexcept { return false; }
    static constexpr void await_suspend(std::coroutine_handle<>) noexcept {}
    static constexpr void await_resume() noexcept {}
};

/// A yield of an lvalue, which is copied first: the consumer may move what it gets.
template <class Y, class S>
struct yield_copy : yield_point<Y, S> {
    Y copy;

    yield_copy(yielding& p, Y const& value) : yield_point<Y, S>(p), copy(value) {}
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> handle) noexcept {
        handle.promise().current = __builtin_addressof(copy);
    }
};

struct at_end {
    explicit at_end() noexcept = default;
    [[nodiscard]] static constexpr bool await_ready() noexcept { return false; }
    static constexpr void await_resume() noexcept {}
    template <class Promise>
    static void await_suspend(std::coroutine_handle<Promise> handle) noexcept {
        yielding& promise = handle.promise();
        if (promise.parent == nullptr) [[likely]] {
            if constexpr (requires { handle.promise().sent; }) promise.state = yielding::finished;
            return;
        }
        yielding& root = *promise.root;
        promise.link->active = nullptr;
        root.leaf = promise.parent == &root ? nullptr : promise.parent;
        root.state = yielding::delegated;
    }
};

template <class T>
inline constexpr bool is_generator = false;
template <class Y, class S, class R>
inline constexpr bool is_generator<generator<Y, S, R>> = true;

/// For contextmanager, which drives a generator without the exceptions that tell a caller of next() and throw_() what came out.
struct generator_access {
    /// To the next value; false at the end.
    template <class G>
    static bool advance(G& g) {
        if constexpr (G::duplex) {
            auto& root = g.handle_.promise();
            if (root.state == yielding::fresh || root.state == yielding::idle) [[likely]] {  // it delegates to none: as in send()
                typename G::unwinding guard(root);
                root.state = yielding::running;
                G::resume(g.handle_);
                if (root.state != yielding::running) [[unlikely]] G::settle(g.handle_);
                guard.armed = false;
                if (root.state == yielding::running) [[likely]] {
                    root.state = yielding::idle;
                    return true;
                }
                return root.state != yielding::finished;
            }
        }
        return g.advance();
    }
    template <class G>
    [[nodiscard]] static decltype(auto) current(G& g) noexcept {
        return G::access::get(g.handle_.promise().current);
    }
    /// Raise `error` in a generator that waits at a value. What comes out of its body is kept in `out` and not thrown, so that it is thrown
    /// once less. True if the generator yielded again.
    template <class G>
    static bool throw_into(G& g, std::exception_ptr const& error, std::exception_ptr& out) {
        g.handle_.promise().caught = &out;
        g.inject_and_step(error);
        if (!g.handle_.done()) g.handle_.promise().caught = nullptr;
        return !g.handle_.done();
    }
};

/// What yield_from(x) makes, to be co_yielded.
template <class Source>
struct yield_from_request {
    Source source;
    explicit yield_from_request(Source&& s) : source(static_cast<Source&&>(s)) {}
};

template <class Y, class S, class R>
struct generator_promise;

}  // namespace detail

/// Delegate to another generator or any range: PEP 380.
///
///     auto r = co_yield yield_from(inner());
///
/// source    a generator (moved in), whose next, send, throw_ and close the outer one's become; or a range, an lvalue referred to, an
///           rvalue moved in.
/// Returns   the value that the inner generator returns.
/// Raises    what the inner one raises.
/// Cost      O(1) an element at any depth: the caller resumes the innermost generator. No recursion, so depth is bounded by memory only.
/// Differs   an inner generator that cannot be thrown into (Send = void) is closed first, and the exception is raised here.
/// Source    PEP 380.
template <class Source>
[[nodiscard]] auto yield_from(Source&& source) {
    return detail::yield_from_request<Source>(static_cast<Source&&>(source));
}

namespace detail {

/// Waits in the parent for the child to end.
template <class Y, class S2, class R2>
class delegation {
    using child_promise = generator_promise<Y, S2, R2>;

public:
    explicit delegation(std::coroutine_handle<child_promise> child) noexcept : link_(child) {}

    [[nodiscard]] bool await_ready() const noexcept { return !link_.child || link_.child.done(); }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> handle) noexcept {
        yielding& parent = handle.promise();
        yielding& root = parent.outermost();
        yielding& child = promise();
        child.link = &link_;
        link_.active = &child;
        child.parent = &parent;
        child.self = link_.child;
        child.root = &root;
        yielding* innermost = &child;
        if (child.leaf != nullptr) {  // it was driven before, and delegates itself
            innermost = std::exchange(child.leaf, nullptr);
            for (yielding* at = innermost; at != &child; at = at->parent) at->root = &root;
        }
        root.leaf = innermost;
        root.state = yielding::delegated;
    }
    R2 await_resume() {
        if (link_.error) [[unlikely]] raise();
        if constexpr (!std::is_void_v<R2>) return take_result();
    }

private:
    [[nodiscard]] child_promise& promise() const noexcept {
        return std::coroutine_handle<child_promise>::from_address(link_.child.address()).promise();
    }
    [[noreturn]] AMPHIS_COLD void raise() {
        std::exception_ptr const error = std::exchange(link_.error, nullptr);
        if (!link_.child) std::rethrow_exception(error);  // thrown in, and not raised by the child
        std::exchange(link_.child, {}).destroy();
        rethrow_from_generator(error);
    }
    R2 take_result() {
        if (!link_.child || !promise().returned.full()) throw_<RuntimeError>("the generator has no return value");
        return promise().returned.take();
    }

    yielding_link link_;
};

template <class Y, class S, class R>
struct generator_promise : promise_links<Y, S>, returning<R>, waiting_error<errors_wait>, frame_memory {
    [[nodiscard]] generator<Y, S, R> get_return_object() noexcept {
        return generator<Y, S, R>(std::coroutine_handle<generator_promise>::from_promise(*this));
    }
    [[nodiscard]] static std::suspend_always initial_suspend() noexcept { return {}; }
    [[nodiscard]] static at_end final_suspend() noexcept { return at_end(); }

    void unhandled_exception() {
        if (this->link != nullptr) {
            this->link->error = std::current_exception();
            return;
        }
        if constexpr (!std::is_void_v<S>) {
            if (this->caught != nullptr) {
                *this->caught = std::current_exception();
                return;
            }
        }
        if constexpr (errors_wait) {
            this->error = std::current_exception();
        } else {
            raise_again();
        }
    }
    [[noreturn]] AMPHIS_COLD static void raise_again() {
        try {
            throw;
        } catch (StopIteration const& e) {  // PEP 479
            raise_from(RuntimeError("generator raised StopIteration"), e);
        }
    }

    yield_point<Y, S> yield_value(Y value) noexcept
        requires yields_copy<Y>
    {
        this->current = value;
        return yield_point<Y, S>(*this);
    }
    yield_point<Y, S> yield_value(Y&& value) noexcept
        requires(!yields_copy<Y>)
    {
        this->current = __builtin_addressof(value);
        return yield_point<Y, S>(*this);
    }

    yield_copy<Y, S> yield_value(Y const& value)
        requires(!yields_copy<Y> && !std::is_reference_v<Y> && std::is_copy_constructible_v<Y>)
    {
        return yield_copy<Y, S>(*this, value);
    }

    template <class Y2, class S2, class R2>
    delegation<Y, S2, R2> yield_value(yield_from_request<generator<Y2, S2, R2>>&& request) noexcept {
        static_assert(std::is_same_v<Y, Y2>, "amphis: yield_from: the inner generator yields another type than the outer one");
        static_assert(std::is_void_v<S2> || std::is_void_v<S> || std::is_same_v<S, S2>,
                      "amphis: yield_from: what is sent to the outer generator is not what the inner one takes");
        return delegation<Y, S2, R2>(std::exchange(request.source.handle_, {}));
    }
    template <class Range>
    delegation<Y, void, void> yield_value(yield_from_request<Range>&& request) {
        generator<Y> each = each_of<Range>(static_cast<Range&&>(request.source));
        each.handle_.promise().no_send = true;
        return delegation<Y, void, void>(std::exchange(each.handle_, {}));
    }

private:
    template <class Range>
    static generator<Y> each_of(Range source) {
        for (auto&& element : source) co_yield static_cast<decltype(element)>(element);
    }
};

template <class S>
[[nodiscard]] constexpr bool is_none(S const& value) noexcept {
    if constexpr (std::is_same_v<S, none_t>) {
        return true;
    } else if constexpr (requires { static_cast<bool>(value.has_value()); }) {
        return !value.has_value();
    } else {
        return false;
    }
}

/// Python's StopIteration(value), where the value prints without help.
template <class R>
[[noreturn]] AMPHIS_COLD void stop(R const& value) {
    if constexpr (std::is_arithmetic_v<R> || Str<R>) {
        throw StopIteration(value);
    } else {
        throw StopIteration();
    }
}

}  // namespace detail

/// A function's values, one at a time: what a coroutine that co_yields returns.
///
///     generator<int, std::optional<int>, std::string> total() {      // Generator[int, int | None, str]
///         int sum = 0;
///         for (;;) {
///             std::optional<int> sent = co_yield sum;
///             if (!sent) co_return "total=" + str(sum);
///             sum += *sent;
///         }
///     }
template <class Yield, class Send, class Return>
class [[nodiscard]] generator {
public:
    using promise_type = detail::generator_promise<Yield, Send, Return>;

private:
    using handle_type = std::coroutine_handle<promise_type>;
    using access = detail::yielded<Yield>;
    static constexpr bool duplex = !std::is_void_v<Send>;

public:
    using value_type = std::remove_cvref_t<Yield>;
    using reference = typename access::reference;

    struct sentinel {};

    class iterator {
    public:
        using value_type = generator::value_type;
        using difference_type = std::ptrdiff_t;

        explicit iterator(handle_type handle) noexcept : handle_(handle) {}
        iterator(iterator&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
        iterator& operator=(iterator&& other) noexcept {
            handle_ = std::exchange(other.handle_, {});
            return *this;
        }
        [[nodiscard]] reference operator*() const noexcept { return access::get(handle_.promise().current); }
        iterator& operator++() {
            if (!handle_.done()) [[likely]] step(handle_);  // a next() in the body of the loop may have been the last
            return *this;
        }
        void operator++(int) { ++*this; }
        [[nodiscard]] friend bool operator==(iterator const& it, sentinel) noexcept { return it.handle_.done(); }

    private:
        handle_type handle_;
    };

    generator(generator&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
    generator& operator=(generator&& other) noexcept {
        if (this != &other) {
            drop();
            handle_ = std::exchange(other.handle_, {});
        }
        return *this;
    }
    ~generator() { drop(); }

    [[nodiscard]] iterator begin() {
        if (!handle_) [[unlikely]] return iterator(finished());
        if (!handle_.done()) step(handle_);
        return iterator(handle_);
    }
    [[nodiscard]] static sentinel end() noexcept { return {}; }

    /// The next value. Python: next(g).
    ///
    /// Raises    StopIteration at the end, with what the generator returned; what its body raises; ValueError if it is running.
    Yield next() {
        if constexpr (duplex) {
            if (handle_) handle_.promise().forget();
        }
        return run();
    }
    /// The next value, or `fallback` at the end. Python: next(g, fallback).
    template <class Default>
    [[nodiscard]] value_type next(Default&& fallback) {
        if constexpr (duplex) {
            if (handle_) handle_.promise().forget();
        }
        if (!advance()) return static_cast<value_type>(static_cast<Default&&>(fallback));
        return taken();
    }

    /// Resume with `value` as the value of the co_yield expression; the next value yielded.
    ///
    /// Raises    as next(); TypeError for a value other than None before the first next().
    template <class V>
    Yield send(V&& value) {
        static_assert(detail::always<V> && duplex,
                      "amphis: this generator takes nothing: declare what send() brings, as in generator<Yield, Send>");
        if constexpr (duplex) {
            if (handle_ && handle_.promise().state == detail::yielding::idle) [[likely]] {
                auto& root = handle_.promise();
                root.put(Send(static_cast<V&&>(value)));
                {
                    unwinding guard(root);
                    root.state = detail::yielding::running;
                    resume(handle_);
                    if (root.state != detail::yielding::running) [[unlikely]] settle(handle_);
                    guard.armed = false;
                }
                if (root.state == detail::yielding::running) [[likely]] {
                    root.state = detail::yielding::idle;
                } else if (root.state == detail::yielding::finished) {
                    returned();
                }
                return taken();
            }
            return send_slowly(Send(static_cast<V&&>(value)));
        }
    }

    /// Raise `error` at the co_yield where the generator waits; the next value yielded.
    ///
    /// error     an exception object, or a std::exception_ptr.
    /// Raises    what the generator makes of it; `error` itself if the generator has finished or not begun.
    template <class E>
    Yield throw_(E&& error) {
        static_assert(detail::always<E> && duplex,
                      "amphis: this generator cannot be thrown into: declare generator<Yield, none_t>, or what send() brings instead of none_t");
        if constexpr (duplex) return throw_pointer(detail::as_pointer(static_cast<E&&>(error)));
    }

    /// End the generator where it waits. Python: g.close().
    ///
    /// A generator that takes nothing (Send = void) is destroyed: its locals die in reverse order, as at the end of a scope. Another one
    /// has GeneratorExit raised in it first. A loop over it ends.
    ///
    /// Raises    RuntimeError if it yields instead of ending; what its body raises but GeneratorExit and StopIteration; ValueError if running.
    void close() {
        if (!handle_) return;
        check_not_running();
        if constexpr (duplex) {
            if (!handle_.done() && handle_.promise().state != detail::yielding::fresh) {
                try {
                    std::exception_ptr const exit = std::make_exception_ptr(GeneratorExit());
                    inject_and_step(exit);
                } catch (GeneratorExit const&) {
                } catch (StopIteration const&) {
                }
                if (!handle_.done()) detail::throw_<RuntimeError>("generator ignored GeneratorExit");
                return;
            }
        }
        if (!handle_.done()) end_in_a_loop();
    }

    /// What the generator returned, once it has. Python: StopIteration.value.
    ///
    /// Raises    RuntimeError if it has not returned: it waits, or it was closed or left by an exception.
    [[nodiscard]] auto& result() AMPHIS_LIFETIMEBOUND
        requires(!std::is_void_v<Return>)
    {
        if (!handle_ || !handle_.promise().returned.full()) detail::throw_<RuntimeError>("the generator has not returned");
        return handle_.promise().returned.get();
    }

private:
    friend promise_type;
    template <class, class, class>
    friend struct detail::generator_promise;
    friend struct detail::generator_access;

    explicit generator(handle_type handle) noexcept : handle_(handle) {}

    /// To the next value or the end. Not for a finished generator.
    static void step(handle_type handle) {
        detail::yielding_of<Yield>& root = handle.promise();
        if constexpr (duplex) {
            if (root.state == detail::yielding::running) [[unlikely]] already_executing();
        } else {
            if (root.state != detail::yielding::idle) [[unlikely]] already_executing();
        }
        unwinding guard(root);
        // One loop: with the first turn taken out of it, clang does not take the frame apart.
        do {
            root.state = detail::yielding::running;
            if (root.leaf == nullptr) [[likely]] {
                resume(handle);
            } else {
                resume_leaf(root);
            }
        } while (root.state == detail::yielding::delegated);
        guard.armed = false;
        if constexpr (duplex) {
            settle(handle);
        } else {
            root.state = detail::yielding::idle;
        }
    }
    static void resume(handle_type handle) {
        handle.resume();
        if constexpr (detail::errors_wait) {
            if (handle.promise().error) [[unlikely]] detail::rethrow_from_generator(std::exchange(handle.promise().error, nullptr));
        }
    }
    static void resume_leaf(detail::yielding_of<Yield>& root) {
        auto& leaf = static_cast<detail::yielding_of<Yield>&>(*root.leaf);
        if constexpr (duplex) deliver(static_cast<promise_type&>(root), leaf);
        leaf.self.resume();
        root.current = leaf.current;
    }
    /// What was sent to the outermost generator is for the innermost, if that takes such.
    static void deliver(promise_type& root, detail::yielding_of<Yield>& leaf) {
        if (root.signal == detail::yielding::error_thrown) {
            leaf.thrown = std::exchange(root.thrown, nullptr);
            leaf.signal = std::exchange(root.signal, detail::yielding::nothing);
        } else if (root.signal == detail::yielding::value_sent && leaf.sends == root.sends) {
            static_cast<detail::duplex_of<Yield, Send>&>(leaf).put(root.take());
        }
    }
    /// After a resumption: go on while it was a delegation that began or ended, and not a value.
    static void settle(handle_type handle) {
        detail::yielding_of<Yield>& root = handle.promise();
        while (root.state == detail::yielding::delegated) {
            root.state = detail::yielding::running;
            if (root.leaf == nullptr) {
                resume(handle);
            } else {
                resume_leaf(root);
            }
        }
        if (root.state == detail::yielding::running) root.state = root.leaf != nullptr ? detail::yielding::inside : detail::yielding::idle;
    }
    /// An exception out of the body has finished it.
    struct unwinding {
        detail::yielding& root;
        bool armed = true;
        explicit unwinding(detail::yielding& r) noexcept : root(r) {}
        ~unwinding() {
            if (armed) root.state = duplex ? detail::yielding::finished : detail::yielding::idle;
        }
    };
    [[noreturn]] AMPHIS_COLD static void already_executing() { detail::throw_<ValueError>("generator already executing"); }
    void check_not_running() const {
        if (handle_.promise().state == detail::yielding::running) already_executing();
    }

    [[nodiscard]] bool finished_or_gone() const noexcept { return !handle_ || handle_.done(); }
    [[nodiscard]] bool advance() {
        if (finished_or_gone()) return false;
        step(handle_);
        return !handle_.done();
    }
    [[nodiscard]] Yield taken() { return static_cast<Yield&&>(access::get(handle_.promise().current)); }
    Yield run() {
        if (finished_or_gone()) throw StopIteration();
        return stepped();
    }
    Yield stepped() {
        step(handle_);
        return stopped_or_taken();
    }
    Yield stopped_or_taken() {
        if (handle_.done()) [[unlikely]] returned();
        return taken();
    }
    [[noreturn]] AMPHIS_COLD void returned() const {
        if constexpr (std::is_void_v<Return>) {
            throw StopIteration();
        } else {
            detail::stop(handle_.promise().returned.get());
        }
    }

    /// Not begun, finished, running, or delegating.
    template <class S>
    AMPHIS_NOINLINE Yield send_slowly(S value) {
        if (finished_or_gone()) throw StopIteration();
        check_not_running();
        if (!detail::is_none(value)) {
            if (handle_.promise().state == detail::yielding::fresh) {
                detail::throw_<TypeError>("can't send non-None value to a just-started generator");
            }
            detail::yielding* const leaf = handle_.promise().leaf;
            if (leaf != nullptr && leaf->no_send) {
                return inject(std::make_exception_ptr(AttributeError("the iterator has no attribute 'send'")));
            }
        }
        handle_.promise().put(static_cast<S&&>(value));
        return stepped();
    }

    Yield throw_pointer(std::exception_ptr const& error) {
        if (finished_or_gone()) std::rethrow_exception(error);
        check_not_running();
        if (handle_.promise().state == detail::yielding::fresh) {
            std::exchange(handle_, {}).destroy();
            std::rethrow_exception(error);
        }
        return inject(error);
    }
    Yield inject(std::exception_ptr const& error) {
        inject_and_step(error);
        if (handle_.done()) returned();
        return taken();
    }
    void inject_and_step(std::exception_ptr const& error) {
        detail::yielding& root = handle_.promise();
        handle_.promise().forget();
        std::exception_ptr thrown = error;
        if (root.leaf != nullptr && is_exit(error)) {
            close_inner(error);
        } else if (root.leaf != nullptr && !root.leaf->takes) {  // it cannot be told: it ends, and its parent is
            end_leaf(error);
        } else {
            root.thrown = &thrown;
            root.signal = detail::yielding::error_thrown;
        }
        step(handle_);
    }
    /// The innermost is destroyed, and `error` is what its parent will find.
    AMPHIS_COLD void end_leaf(std::exception_ptr const& error) {
        detail::yielding& root = handle_.promise();
        detail::yielding* const parent = root.leaf->parent;
        detail::yielding_link& link = *root.leaf->link;
        link.error = error;
        link.active = nullptr;
        root.leaf = parent == &root ? nullptr : parent;
        root.state = detail::yielding::running;  // destructors may come back here
        std::exchange(link.child, {}).destroy();
        root.state = detail::yielding::idle;
    }
    /// GeneratorExit closes all that this one delegates to, from the innermost on, before it is raised here: PEP 380. Whether a child goes on
    /// or returns makes no difference to its parent: it finds GeneratorExit, or what closing the child raised.
    AMPHIS_COLD void close_inner(std::exception_ptr const& error) {
        detail::yielding_of<Yield>& root = handle_.promise();
        std::exception_ptr exit = std::make_exception_ptr(GeneratorExit());
        auto const exit_for = [&](detail::yielding const* parent) -> std::exception_ptr const& { return parent == &root ? error : exit; };
        if (root.leaf->takes) {
            root.thrown = &exit;
            root.signal = detail::yielding::error_thrown;
        } else {
            end_leaf(exit_for(root.leaf->parent));
        }
        while (root.leaf != nullptr) {
            detail::yielding* const parent = root.leaf->parent;
            detail::yielding_link& link = *root.leaf->link;
            do {
                root.state = detail::yielding::running;
                resume_leaf(root);
            } while (root.state == detail::yielding::delegated && link.active != nullptr);
            if (link.active != nullptr) {  // it has yielded
                link.drop_inner();
                link.active = nullptr;
                link.error = std::make_exception_ptr(RuntimeError("generator ignored GeneratorExit"));
                root.leaf = parent == &root ? nullptr : parent;
            } else if (!link.error || is_exit(link.error)) {
                link.error = exit_for(parent);
            }
        }
        root.state = detail::yielding::idle;
    }
    [[nodiscard]] AMPHIS_COLD static bool is_exit(std::exception_ptr const& error) {
        try {
            std::rethrow_exception(error);
        } catch (GeneratorExit const&) {
            return true;
        } catch (...) {
            return false;
        }
    }

    /// What a generator that was moved from iterates over.
    AMPHIS_COLD static handle_type finished() {
        static generator const none = [] {
            generator g = nothing();
            step(g.handle_);
            return g;
        }();
        return none.handle_;
    }
    static generator nothing() {
        if constexpr (std::is_void_v<Return>) {
            co_return;
        } else {
            co_return detail::no_return_value();
        }
    }

    /// Its locals die now; its memory stays, for the iterator of a loop that is told so at its next step.
    AMPHIS_COLD void end_in_a_loop() {  // not inlined: a frame that the compiler has put elsewhere could not be kept
        handle_type const frame = std::exchange(handle_, {});
        detail::frame_cache::detention const detention(frame.address());
        frame.destroy();
        if (void* const memory = detention.memory(&detail::frame_memory::free_detained)) handle_ = handle_type::from_address(memory);
    }
    void drop() noexcept {
        if (handle_) handle_.destroy();
    }

    handle_type handle_;
};

namespace detail {

template <class G>
struct generator_of;
template <class Y, class S, class R>
struct generator_of<generator<Y, S, R>> {
    /// The function and its arguments are parameters, so they live in this frame, as long as the generator that they make.
    template <class Fn, class... A>
    static generator<Y, S, R> run(Fn fn, A... arguments) {
        if constexpr (std::is_void_v<R>) {
            co_yield yield_from(fn(arguments...));
        } else {
            co_return co_yield yield_from(fn(arguments...));
        }
    }
};

template <class Fn, class... A>
concept MakesGenerator = is_generator<std::invoke_result_t<Fn&, std::decay_t<A>&...>>;

template <class Fn>
struct kept {
    Fn fn;

    template <class... A>
        requires MakesGenerator<Fn, A...>
    [[nodiscard]] auto operator()(A&&... arguments) const {
        return generator_of<std::invoke_result_t<Fn&, std::decay_t<A>&...>>::template run<Fn, std::decay_t<A>...>(fn, static_cast<A&&>(arguments)...);
    }
};

}  // namespace detail

/// Call a generator function whose arguments shall live as long as the generator: they are copied or moved into it.
///
///     generator<int> each(std::vector<int> const& v) { for (int x : v) co_yield x; }
///     auto g = gen(each, std::vector{1, 2, 3});        // each(std::vector{1, 2, 3}) would refer to a vector that is gone
///
/// fn        a function or a lambda without captures.
/// Cost      one frame more; an element costs the same.
template <class Fn, class... A>
[[nodiscard]] auto gen(Fn fn, A&&... arguments) {
    static_assert(!std::is_class_v<Fn> || std::is_empty_v<Fn>,
                  "amphis: gen takes a function without captures, as those would die before the generator: pass them as arguments, or use keep(fn)");
    static_assert(detail::MakesGenerator<Fn, A...>, "amphis: gen takes a function that returns a generator, and its arguments");
    return detail::generator_of<std::invoke_result_t<Fn&, std::decay_t<A>&...>>::template run<Fn, std::decay_t<A>...>(fn, static_cast<A&&>(arguments)...);
}

/// Make a coroutine lambda with captures safe to call: each generator keeps a copy of the lambda, and of the arguments.
///
///     auto from = keep([start](int n) -> generator<int> { for (int i = 0; i < n; ++i) co_yield start + i; });
///     for (int x : from(3)) print(x);
///
/// Cost      one frame more; an element costs the same.
/// Differs   a Python generator refers to the variables of its function; a C++ one to its lambda, which is often gone by then.
template <class Fn>
[[nodiscard]] auto keep(Fn fn) {
    return detail::kept<Fn>{static_cast<Fn&&>(fn)};
}

}  // namespace amphis::inline v0

template <class Yield, class Send, class Return>
inline constexpr bool std::ranges::enable_view<amphis::generator<Yield, Send, Return>> = true;

#endif  // AMPHIS_LANG_GENERATOR_HPP
