// SPDX-License-Identifier: MIT
// weakref/finalize: a function that is called when an object goes, or at exit.
#ifndef AMPHIS_WEAKREF_FINALIZE_HPP
#define AMPHIS_WEAKREF_FINALIZE_HPP

#include <amphis/config.hpp>
#include <amphis/detail/invoke.hpp>
#include <amphis/detail/maybe.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/gc/heap.hpp>
#include <amphis/gc/module.hpp>
#include <amphis/gc/ptr.hpp>
#include <amphis/lang/exceptions/unraisable.hpp>
#include <amphis/weakref/block.hpp>
#include <amphis/weakref/table.hpp>

#include <cstddef>
#include <cstdio>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail::weakrefs {

/// While it is to be called, the list of its thread has a use of it.
struct finalizer : block {
    finalizer* older = nullptr;
    finalizer* newer = nullptr;
    bool alive = false;
    bool at_exit = true;
    void (*run)(finalizer& self) = nullptr;
    void (*empty)(finalizer& self) noexcept = nullptr;
};
struct finalizer_list {
    finalizer* newest = nullptr;
    bool shut = false;  // the thread's exit is over: none runs any more
};
inline constinit thread_local finalizer_list finalizers{};

/// It will not be called by others. The caller takes over the use that the list had.
inline void retire(finalizer& f) noexcept {
    f.alive = false;
    unlink(__builtin_addressof(f));
    if (f.newer != nullptr) {
        f.newer->older = f.older;
    } else if (finalizers.newest == __builtin_addressof(f)) {
        finalizers.newest = f.older;
    }
    if (f.older != nullptr) f.older->newer = f.newer;
    f.older = f.newer = nullptr;
}
/// Calls it; what it raises goes on.
inline void run_retired(finalizer& f) {
    struct at_end {
        finalizer& f;
        ~at_end() {
            f.empty(f);
            release(__builtin_addressof(f));
        }
    } const ending{f};
    if (!finalizers.shut) f.run(f);
}

struct finalizers_at_exit {
    finalizers_at_exit() = default;
    finalizers_at_exit(finalizers_at_exit const&) = delete;
    finalizers_at_exit& operator=(finalizers_at_exit const&) = delete;
    /// The newest first, with those that these make.
    ~finalizers_at_exit() {
        gc::heap* const h = gc::here;
        bool const collects = h != nullptr && h->enabled;
        if (collects) h->enabled = false, h->set_limit();
        for (;;) {
            finalizer* f = finalizers.newest;
            while (f != nullptr && !f->at_exit) f = f->older;
            if (f == nullptr) break;
            retire(*f);
            try {
                run_retired(*f);
            } catch (...) {
                unraisable("weakref.finalize at exit");
            }
        }
        finalizers.shut = true;
        while (finalizer* const f = finalizers.newest) {
            retire(*f);
            f->empty(*f);
            release(f);
        }
        if (collects) h->enabled = true, h->set_limit();
    }
};
inline void keep_finalizers() {
    thread_local finalizers_at_exit keeper;
    static_cast<void>(keeper);
}

template <class Fn>
struct finalizer_of : finalizer {
    maybe<Fn> fn;

    template <class F>
    explicit finalizer_of(F&& given) {
        fn.emplace(static_cast<F&&>(given));
        destroy = [](weak_block* self) noexcept { delete static_cast<finalizer_of*>(self); };
        call = [](weak_block& self) {
            auto& f = static_cast<finalizer&>(self);
            if (!f.alive) return;
            retire(f);
            run_retired(f);
        };
        run = [](finalizer& self) { static_cast<void>((*static_cast<finalizer_of&>(self).fn)()); };
        empty = [](finalizer& self) noexcept { static_cast<finalizer_of&>(self).fn.reset(); };
    }
};

template <class Fn>
finalizer* make_finalizer(void* object, Fn&& fn) {
    keep_finalizers();
    auto* const made = attach(object, new finalizer_of<std::decay_t<Fn>>(static_cast<Fn&&>(fn)));
    made->alive = true;
    ++made->uses;
    made->older = finalizers.newest;
    if (made->older != nullptr) made->older->newer = made;
    finalizers.newest = made;
    return made;
}

}  // namespace detail::weakrefs
namespace weakref {

/// Calls `fn(args...)` once: when the object goes, when it is called itself, or at exit. It need not be kept.
///
///     auto cleanup = weakref::finalize(session, remove_directory, path);
///     session = nullptr;                  // remove_directory(path)
///     cleanup.alive();                    // False
///
/// object    a gc::ptr, which is not kept alive.
/// fn, args  copied or moved in; std::ref refers. None may own the object, which would live until exit.
/// Raises    TypeError for a null pointer. What `fn` raises goes to the caller of `cleanup()`, and else to stderr.
/// Differs   at exit is at the end of the object's thread, where also objects that live on in static variables are finalized. `cleanup()`
///           returns whether it called `fn`; detach() and peek() return the object only.
/// Source    docs.python.org/3/library/weakref.html#weakref.finalize; Lib/weakref.py, finalize (CPython 3.11)
class finalize {
    detail::weakrefs::finalizer* finalizer_;

public:
    using amphis_gc_weak = void;
    void amphis_gc_entries(auto& visitor) const {
        detail::weakrefs::shown_block shown{finalizer_};
        visitor.weak(shown);
    }

    template <class T, class F, class... A>
    explicit finalize(gc::ptr<T> const& object, F&& fn, A&&... args)
        : finalizer_(detail::weakrefs::make_finalizer(object.object, [fn = std::decay_t<F>(static_cast<F&&>(fn)), ... args = std::decay_t<A>(static_cast<A&&>(args))]() mutable {
              static_cast<void>(detail::call(static_cast<std::decay_t<F>&&>(fn), static_cast<std::decay_t<A>&&>(args)...));
          })) {
        static_assert(std::is_invocable_v<std::decay_t<F>, std::decay_t<A>...>, "amphis: weakref::finalize(object, fn, args...): fn cannot be called with these arguments");
    }
    finalize(finalize const& other) noexcept : finalizer_(other.finalizer_) { detail::weakrefs::use(finalizer_); }
    finalize(finalize&& other) noexcept : finalizer_(other.finalizer_) { other.finalizer_ = nullptr; }
    finalize& operator=(finalize other) noexcept {
        detail::weakrefs::finalizer* const before = finalizer_;
        finalizer_ = other.finalizer_;
        other.finalizer_ = before;
        return *this;
    }
    ~finalize() { detail::weakrefs::release(finalizer_); }

    /// Calls the function now, if that was not done. Whether it did.
    bool operator()() const {
        if (!alive()) return false;
        detail::weakrefs::retire(*finalizer_);
        detail::weakrefs::run_retired(*finalizer_);
        return true;
    }
    /// The function will not be called. The object; null if it was called already, or detached.
    gc::object detach() const {
        gc::object object = peek();
        if (alive()) {
            detail::weakrefs::retire(*finalizer_);
            finalizer_->empty(*finalizer_);
            detail::weakrefs::release(finalizer_);
        }
        return object;
    }
    /// The object; null if the function was called already, or detached.
    [[nodiscard]] gc::object peek() const noexcept {
        void* const object = alive() ? detail::weakrefs::live(finalizer_) : nullptr;
        return object != nullptr ? detail::gc::share_any(object) : gc::object();
    }
    /// Whether the function is still to be called.
    [[nodiscard]] bool alive() const noexcept { return finalizer_ != nullptr && finalizer_->alive; }
    /// Whether it is called at exit, if the object lives so long.
    [[nodiscard]] bool atexit() const noexcept { return alive() && finalizer_->at_exit; }
    void atexit(bool wanted) const noexcept {
        if (alive()) finalizer_->at_exit = wanted;
    }
    friend void repr_to(detail::text& out, finalize const& f) {
        char at[48];
        int n = std::snprintf(at, sizeof(at), "<finalize object at %p; ", static_cast<void*>(f.finalizer_));
        out.append(at, static_cast<std::size_t>(n));
        gc::object const object = f.peek();
        if (!object) {
            out.append(detail::chars("dead>"));
            return;
        }
        out.append(detail::chars("for '"));
        out.append(object.type_name());
        n = std::snprintf(at, sizeof(at), "' at %p>", static_cast<gc::ptr<void> const&>(object).object);
        out.append(at, static_cast<std::size_t>(n));
    }
};

}  // namespace weakref
}  // namespace amphis::inline v0

#endif  // AMPHIS_WEAKREF_FINALIZE_HPP
