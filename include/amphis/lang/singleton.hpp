// SPDX-License-Identifier: MIT
// singleton: a class with one instance.  Python: the metaclass whose __call__ returns the instance it made first.
//
//     struct DatabaseConnection : amphis::singleton<DatabaseConnection> {
//         std::string url;
//         explicit DatabaseConnection(std::string u) : url(std::move(u)) {}
//     };
//     auto& a = DatabaseConnection::instance("db://one");      // constructed
//     auto& b = DatabaseConnection::instance("db://two");      // the same: b.url is db://one
//     auto& log = amphis::singleton_of<Log>("app.log");        // of a class one does not own
//
// Options, after the class: singletons::strict, leaky, per_thread, per_context, extends<Base>.
#ifndef AMPHIS_LANG_SINGLETON_HPP
#define AMPHIS_LANG_SINGLETON_HPP

#include <amphis/config.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/detail/type_name.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>
#include <amphis/lang/singleton/list.hpp>
#include <amphis/lang/singleton/slot.hpp>

#include <cstddef>
#include <cstdlib>
#include <new>
#include <type_traits>

namespace amphis::inline v0 {

template <class T, class... Options>
class singleton;

namespace detail {
template <class T, class Tag, class Maker, class... Options>
struct singleton_access;
}  // namespace detail

/// How a singleton lives: the options of singleton and singleton_of.
namespace singletons {

/// Arguments for an instance that there is already raise RuntimeError instead of being ignored.
struct strict {};
/// Never destroyed, so that destructors of static objects and threads that outlive main() can use it.
struct leaky {};
/// One instance for each thread, destroyed when the thread ends.
struct per_thread {};
/// One instance for each singletons::context, and one outside of them.
struct per_context {};
/// The singleton derives from Base, which may be a singleton itself, with an instance of its own.
template <class Base>
struct extends {};

/// A place with singletons of its own: those with the option per_context. Python: contextvars.Context.
///
///     amphis::singletons::context request;
///     request.run([] { Session::instance().user = "Ada"; });     // constructs the Session of this request
///     request.run([] { print(Session::instance().user); });      // Ada; elsewhere there is no such Session
///
/// Raises    run(): RuntimeError if somebody is in it, be it this thread or another, as in CPython; and whatever fn raises.
/// Cost      an instance is found by walking the list of those there are in the context.
/// Threads   one at a time may be in it; which, may change.
/// Differs   a new context is empty, where copy_context() copies.
class context {
public:
    context() noexcept = default;
    context(context const&) = delete;
    context& operator=(context const&) = delete;
    /// Destroys the instances, the last completed first.
    ~context() {
        inside const now(*this);
        list_.tear_down();
    }

    /// fn(args...), with the singletons of this context.
    template <class Fn, class... A>
    decltype(auto) run(Fn&& fn, A&&... args) {
        if (__atomic_exchange_n(&entered_, true, __ATOMIC_ACQUIRE)) throw_entered();
        entered const guard{entered_};
        inside const now(*this);
        return static_cast<Fn&&>(fn)(static_cast<A&&>(args)...);
    }

private:
    struct entered {
        bool& flag;
        ~entered() { __atomic_store_n(&flag, false, __ATOMIC_RELEASE); }
    };
    class inside {
    public:
        explicit inside(context& entering) noexcept : outer_(detail::this_singleton_thread.context) {
            detail::this_singleton_thread.context = &entering.list_;
        }
        inside(inside const&) = delete;
        inside& operator=(inside const&) = delete;
        ~inside() { detail::this_singleton_thread.context = outer_; }

    private:
        detail::singleton_list* outer_;
    };
    [[noreturn]] AMPHIS_COLD static void throw_entered() { detail::throw_<RuntimeError>("cannot enter context: it is already entered"); }

    detail::singleton_list list_;
    bool entered_ = false;
};

/// An instance that stays alive as long as somebody holds it, through reset() and tear-down. Copies hold it, too.
///
///     auto db = DatabaseConnection::hold("db://one");
///     db->url;
///
/// Cost      two pointers; hold() takes a lock, a copy is one atomic increment.
/// Threads   copies may be used and destroyed in any thread.
template <class T>
class handle {
public:
    handle(handle const& other) noexcept : node_(other.node_) { node_->retain(); }
    handle& operator=(handle const& other) noexcept(std::is_nothrow_destructible_v<T>) {
        other.node_->retain();
        node_->release();
        node_ = other.node_;
        return *this;
    }
    ~handle() { node_->release(); }

    [[nodiscard]] T& operator*() const noexcept { return *static_cast<T*>(node_->object); }
    [[nodiscard]] T* operator->() const noexcept { return static_cast<T*>(node_->object); }
    [[nodiscard]] friend bool operator==(handle const& a, handle const& b) noexcept { return a.node_ == b.node_; }

private:
    template <class, class, class, class...>
    friend struct detail::singleton_access;
    explicit handle(detail::singleton_node* held) noexcept : node_(held) {}

    detail::singleton_node* node_;
};

}  // namespace singletons

namespace detail {

template <class T, class Tag>
struct AMPHIS_VISIBLE singleton_place {
    static inline constinit singleton_slot slot{};
};
template <class T, class Tag>
struct AMPHIS_VISIBLE singleton_place_of_thread {
    static inline constinit thread_local void* instance = nullptr;
};

template <class Option>
struct singleton_base_of {};
template <class Base>
struct singleton_base_of<singletons::extends<Base>> {
    using type = Base;
};

template <class Option, class... Options>
inline constexpr bool has_option = (std::is_same_v<Option, Options> || ...);

template <class... Options>
consteval bool assert_singleton_options() noexcept {
    using namespace singletons;
    constexpr bool known = ((has_option<Options, strict, leaky, per_thread, per_context> || requires { typename singleton_base_of<Options>::type; }) && ...);
    static_assert(known, "amphis: singleton: the options are strict, leaky, per_thread, per_context and extends<Base>, of amphis::singletons");
    constexpr int lives = (0 + ... + has_option<Options, leaky, per_thread, per_context>);
    static_assert(lives <= 1, "amphis: singleton: choose one of leaky, per_thread and per_context");
    return known && lives <= 1;
}

/// The nearest of the options that is an extends<Base>.
template <class T, class... Options>
struct singleton_parent {
    struct type {};  // one for each T, so that two are never at the same address
};
template <class T, class Option, class... Options>
struct singleton_parent<T, Option, Options...> : singleton_parent<T, Options...> {};
template <class T, class Base, class... Options>
struct singleton_parent<T, singletons::extends<Base>, Options...> {
    using type = Base;
};

template <class T>
struct singleton_box : singleton_node {
    alignas(T) unsigned char storage[sizeof(T)];
};

[[noreturn]] AMPHIS_COLD inline void throw_singleton_needs_arguments(chars name) {
    text message;
    message.append(name);
    message.append(".instance() needs arguments the first time: there is no instance yet, and no default constructor");
    throw_chars<TypeError>(message.view());
}

/// Where `this` of a class that is a singleton may be: in the storage that its instance() is filling.
inline void assert_singleton_running(void const* self, chars name) {
    singleton_frame const* const at = this_singleton_thread.running;
    auto const* const here = static_cast<char const*>(self);
    if (at == nullptr || here < at->first || here >= at->last) {
        throw_singleton(name, " is a singleton: its instance is what ", name, ".instance() returns");
    }
}

/// The functions of a singleton. Maker constructs and destroys, because it may be a friend of T.
template <class T, class Tag, class Maker, class... Options>
struct singleton_access {
    static constexpr bool strict = has_option<singletons::strict, Options...>;
    static constexpr bool leaky = has_option<singletons::leaky, Options...>;
    static constexpr bool per_thread = has_option<singletons::per_thread, Options...>;
    static constexpr bool per_context = has_option<singletons::per_context, Options...>;
    using place = singleton_place<T, Tag>;
    using place_of_thread = singleton_place_of_thread<T, Tag>;

    static constexpr chars name() noexcept { return type_name<T>(); }
    static void const* key() noexcept { return &place::slot; }

    /// Null if there is none.
    [[nodiscard]] AMPHIS_ALWAYS_INLINE static T* find() noexcept {
        if constexpr (per_thread) {
            return static_cast<T*>(place_of_thread::instance);
        } else {
            if constexpr (per_context) {
                if (singleton_list const* const own = this_singleton_thread.context) {
                    singleton_node const* const node = own->find(key());
                    return node != nullptr ? static_cast<T*>(node->object) : nullptr;
                }
            }
            return static_cast<T*>(__atomic_load_n(&place::slot.instance, __ATOMIC_ACQUIRE));
        }
    }

    template <class... A>
    AMPHIS_ALWAYS_INLINE static T& instance(A&&... args) {
        if (T* const found = find()) [[likely]] {
            if constexpr (strict && sizeof...(A) != 0) throw_there_is_one();
            return *found;
        }
        return make(static_cast<A&&>(args)...);
    }

    static void reset() {
        if constexpr (per_thread) {
            singletons_of_thread.reset(key(), name());
        } else {
            if constexpr (per_context) {
                if (singleton_list* const own = this_singleton_thread.context) return own->reset(key(), name());
            }
            place::slot.reset(name());
        }
    }

    template <class... A>
    [[nodiscard]] static singletons::handle<T> hold(A&&... args) {
        if constexpr (per_thread || per_context) {
            if (singleton_list const* const own = own_list()) {
                (void)instance(static_cast<A&&>(args)...);
                singleton_node* const node = own->find(key());
                node->retain();
                return singletons::handle<T>(node);
            }
        }
        if constexpr (strict && sizeof...(A) != 0) {
            if (find() != nullptr) throw_there_is_one();
        }
        for (;;) {
            // A reset() may come between; the arguments are still there, unless the constructor has moved from them.
            (void)instance(static_cast<A&&>(args)...);
            if (singleton_node* const node = place::slot.hold()) return singletons::handle<T>(node);
        }
    }

private:
    [[noreturn]] AMPHIS_COLD static void throw_there_is_one() {
        throw_singleton(name(), ".instance() got arguments, but there is an instance already");
    }

    /// Null: the instance is in the slot.
    [[nodiscard]] static singleton_list* own_list() noexcept {
        if constexpr (per_thread) {
            return &singletons_of_thread;
        } else if constexpr (per_context) {
            return this_singleton_thread.context;
        } else {
            return nullptr;
        }
    }

    template <class... A>
    AMPHIS_COLD static T& make(A&&... args) {
        constexpr bool constructible = Maker::template constructible<A...>();
        static_assert(constructible || sizeof...(A) == 0, "amphis: singleton: the class has no constructor that takes these arguments");
        if constexpr (per_thread || per_context) {
            if (singleton_list* const own = own_list()) {
                own->begin(key(), name());
                void** published = nullptr;
                if constexpr (per_thread) {
                    tear_down_with_thread();
                    published = &place_of_thread::instance;
                }
                singleton_node* const made = construct(own, static_cast<A&&>(args)...);
                own->complete(made, key(), published, name());
                return *static_cast<T*>(made->object);
            }
        }
        singleton_slot& slot = place::slot;
        if (void* const found = slot.begin(name())) {
            if constexpr (strict && sizeof...(A) != 0) throw_there_is_one();
            return *static_cast<T*>(found);
        }
        unfinished guard{&slot};
        singleton_node* const made = construct(&slot, static_cast<A&&>(args)...);
        // One for each instance, because reset() and a new one change its turn. If there is no memory for it, it is never destroyed.
        if constexpr (!leaky) (void)std::atexit([] { place::slot.tear_down(); });
        guard.slot = nullptr;
        T& object = *static_cast<T*>(made->object);  // behind complete() a reset() may have taken the node away
        slot.complete(made, name());
        return object;
    }

    struct unfinished {
        singleton_slot* slot;
        ~unfinished() {
            if (slot != nullptr) slot->abandon();
        }
    };
    struct unfinished_box {
        singleton_box<T>* box;
        ~unfinished_box() { delete box; }
    };

    template <class... A>
    static singleton_node* construct(void const* where, A&&... args) {
        if constexpr (Maker::template constructible<A...>()) {
            unfinished_box guard{new singleton_box<T>};
            singleton_box<T>* const box = guard.box;
            {
                singleton_running const running(key(), where, box->storage, sizeof(T));
                box->object = Maker::construct(box->storage, static_cast<A&&>(args)...);
            }
            box->destroy = [](singleton_node* node) {
                unfinished_box const memory{static_cast<singleton_box<T>*>(node)};
                Maker::destroy(static_cast<T*>(node->object));
            };
            guard.box = nullptr;
            return box;
        } else {
            throw_singleton_needs_arguments(name());
        }
    }
};

}  // namespace detail

/// Make a class a singleton: its one instance is what instance() returns.
///
///     struct Config : amphis::singleton<Config> { int verbosity = 0; };
///     Config::instance().verbosity = 2;
///
/// T         the class itself. Its constructors and destructor may be private: declare `friend amphis::singleton<T>`, with the options.
/// Options   of amphis::singletons, in any order. strict: later arguments raise. leaky: never destroyed. per_thread, per_context: one for
///           each thread or context. extends<Base>: T derives from Base through this class; each of the two has an instance of its own.
/// Raises    instance(): whatever the constructor raises, and the next call tries again. TypeError: the first call has no arguments, and
///           the class no default constructor. RuntimeError: it is called within T's own constructor or destructor, or threads that
///           construct singletons wait for one another, or it was torn down. The constructor, when somebody else calls it: RuntimeError.
/// Cost      no bytes in T. An access is one load and one comparison more than a global variable. The instance is on the heap.
/// Threads   instance(), exists(), hold() and reset() may be called at once; one thread constructs, the others wait. A reference is
///           valid until reset() or tear-down; who cannot know when that is asks for hold().
/// Differs   tear-down: at exit(), the last completed first, among the destructors of static objects; of per_thread, when the thread
///           ends. One for the process; in shared libraries, if the class has default visibility.
/// Source    ours; Python has the recipe of a metaclass with `_instances` and a lock.
template <class T, class... Options>
class singleton : public detail::singleton_parent<T, Options...>::type {
    using parent = typename detail::singleton_parent<T, Options...>::type;
    static constexpr bool has_parent = !std::is_same_v<parent, typename detail::singleton_parent<T>::type>;

    template <class, class, class, class...>
    friend struct detail::singleton_access;
    using access = detail::singleton_access<T, void, singleton, Options...>;

public:
    using singleton_class = T;

    singleton(singleton const&) = delete;
    singleton& operator=(singleton const&) = delete;

    /// The instance; constructed from the arguments if there is none, which are ignored otherwise.
    template <class... A>
    static T& instance(A&&... args) {
        assert_used();
        return access::instance(static_cast<A&&>(args)...);
    }
    /// Whether there is an instance.
    [[nodiscard]] static bool exists() noexcept { return access::find() != nullptr; }
    /// Destroy the instance, so that the next call of instance() constructs another; for tests. Nobody may use a reference to it.
    ///
    /// Raises    RuntimeError within the constructor or destructor of the instance.
    static void reset() { access::reset(); }
    /// The instance, made if there is none, and kept alive as long as the handle or a copy of it lives.
    template <class... A>
    [[nodiscard]] static singletons::handle<T> hold(A&&... args) {
        assert_used();
        return access::hold(static_cast<A&&>(args)...);
    }

protected:
    template <class... A>
        requires(sizeof...(A) == 0 || has_parent)
    explicit singleton(A&&... args) : parent(static_cast<A&&>(args)...) {
        detail::assert_singleton_running(this, detail::type_name<T>());
    }
    ~singleton() = default;

private:
    static consteval void assert_used() noexcept {
        (void)detail::assert_singleton_options<Options...>();
        static_assert(std::is_base_of_v<singleton, T>, "amphis: singleton: derive the class from singleton of itself: struct S : singleton<S>");
        static_assert(!std::is_abstract_v<T>, "amphis: singleton: an abstract class has no instance: make its derived class the singleton");
    }

    template <class... A>
    static consteval bool constructible() noexcept {
        return requires(void* where, A&&... args) { ::new (where) T(static_cast<A&&>(args)...); };
    }
    template <class... A>
    static T* construct(void* where, A&&... args) {
        return ::new (where) T(static_cast<A&&>(args)...);
    }
    static void destroy(T* object) { object->~T(); }
};

namespace detail {

template <class T>
concept OwnSingleton = requires { requires std::is_same_v<typename T::singleton_class, T>; };

template <class T>
struct singleton_maker {
    template <class... A>
    static consteval bool constructible() noexcept {
        return std::is_constructible_v<T, A...>;
    }
    template <class... A>
    static T* construct(void* where, A&&... args) {
        return ::new (where) T(static_cast<A&&>(args)...);
    }
    static void destroy(T* object) { object->~T(); }
};

template <class T, class Tag, class... Options>
struct singleton_of_fn {
    /// The instance; constructed from the arguments if there is none, which are ignored otherwise.
    template <class... A>
    T& operator()(A&&... args) const {
        assert_used();
        return access::instance(static_cast<A&&>(args)...);
    }
    [[nodiscard]] static bool exists() noexcept { return access::find() != nullptr; }
    static void reset() { access::reset(); }
    template <class... A>
    [[nodiscard]] static singletons::handle<T> hold(A&&... args) {
        assert_used();
        return access::hold(static_cast<A&&>(args)...);
    }

private:
    using access = singleton_access<T, Tag, singleton_maker<T>, Options...>;

    static consteval void assert_used() noexcept {
        static_assert(!OwnSingleton<T>, "amphis: singleton_of: the class is a singleton already: call its instance()");
        static_assert(std::is_object_v<T> && !std::is_array_v<T> && !std::is_const_v<T> && !std::is_abstract_v<T>,
                      "amphis: singleton_of: the type is a class, or another type of which there can be an object");
        (void)assert_singleton_options<Options...>();
    }
};

}  // namespace detail

/// The one instance of a class one does not own: singleton_of<T>(args...). With exists(), reset() and hold(), as singleton has them.
///
///     std::vector<int>& primes = singleton_of<std::vector<int>, struct primes_tag>();
///     singleton_of<Log>("app.log");
///     singleton_of<Log>.reset();
///
/// T         any type of which there can be an object.
/// Tag       tells several instances of a T apart.
/// Options   as of singleton, but for extends<Base>.
/// Raises, Cost, Threads, Differs   as of singleton.
template <class T, class Tag = void, class... Options>
inline constexpr detail::singleton_of_fn<T, Tag, Options...> singleton_of{};

}  // namespace amphis::inline v0

#endif  // AMPHIS_LANG_SINGLETON_HPP
