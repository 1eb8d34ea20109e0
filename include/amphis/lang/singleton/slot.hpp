// SPDX-License-Identifier: MIT
// singleton/slot: where the one instance of a process is found, and who makes it, waits for it and destroys it.
#ifndef AMPHIS_LANG_SINGLETON_SLOT_HPP
#define AMPHIS_LANG_SINGLETON_SLOT_HPP

#include <amphis/config.hpp>
#include <amphis/detail/lock.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <cstddef>
#include <cstdint>

namespace amphis::inline v0::detail {

/// What every instance begins with; it lives until neither its place nor a handle holds it.
struct singleton_node {
    void (*destroy)(singleton_node*) = nullptr;
    void* object = nullptr;
    void const* key = nullptr;          // whose instance it is, in a list of several
    singleton_node* older = nullptr;    // the one completed before it, in a list
    void** published = nullptr;         // a pointer to the object that has to be cleared first
    std::uint32_t references = 1;

    void retain() noexcept { __atomic_fetch_add(&references, 1U, __ATOMIC_RELAXED); }
    void release() {
        if (__atomic_fetch_sub(&references, 1U, __ATOMIC_ACQ_REL) == 1) destroy(this);
    }
};

struct singleton_slot;
class singleton_list;

/// A constructor or destructor that is running in this thread: which singleton's, where it belongs, and the storage of the object.
struct singleton_frame {
    void const* key;
    void const* place;
    char const* first;
    char const* last;
    singleton_frame* outer;
};

struct singleton_thread {
    singleton_slot const* waits_for;  // under singleton_lock
    singleton_frame* running;
    singleton_list* context;  // null outside of every context
};
// Zero, and without a destructor, so that it can be used as long as the thread runs.
inline constinit thread_local singleton_thread this_singleton_thread{};

/// One lock for all singletons, held for a few instructions whenever one begins or ends, never while foreign code runs. It must be one:
/// whether threads wait for one another in a circle is seen only from above. Without a destructor, as there are uses after exit().
inline constinit lock singleton_lock;

[[noreturn]] AMPHIS_COLD inline void throw_singleton(chars name, char const* what, chars other = {}, char const* end = "") {
    text message;
    message.append(name);
    message.append(what);
    message.append(other);
    message.append(end);
    throw_chars<RuntimeError>(message.view());
}
[[noreturn]] AMPHIS_COLD inline void throw_singleton_over(chars name) { throw_singleton(name, " is used after its tear-down"); }
[[noreturn]] AMPHIS_COLD inline void throw_singleton_again(chars name) {
    throw_singleton(name, ".instance() is called again while ", name, " is being constructed or destroyed");
}

/// The one instance of the process. The members other than `instance` are under singleton_lock.
struct singleton_slot {
    void* instance = nullptr;                 // what instance() reads; null unless there is one
    singleton_node* node = nullptr;
    singleton_thread const* owner = nullptr;  // who constructs or destroys it
    std::uint32_t epoch = 0;                  // moves when the owner is done; others sleep on it
    bool over = false;                        // torn down at exit

    [[nodiscard]] void* begin(chars name);
    void complete(singleton_node* made, chars name);
    void abandon() noexcept;
    void reset(chars name);
    void tear_down();
    [[nodiscard]] singleton_node* hold() noexcept;

private:
    void wait(chars name);
    void destroy();
    void done() noexcept;
};

/// The instance if there is one. Null: now the caller has to construct it, and to call complete() or abandon().
AMPHIS_COLD inline void* singleton_slot::begin(chars name) {
    held guard(singleton_lock);
    for (;;) {
        if (instance != nullptr) return instance;
        if (over) throw_singleton_over(name);
        if (owner == nullptr) {
            owner = &this_singleton_thread;
            return nullptr;
        }
        wait(name);
    }
}

/// Lets the owner come to an end. Raises instead if that waits for this thread, over however many others.
inline void singleton_slot::wait(chars name) {
    singleton_thread& me = this_singleton_thread;
    if (owner == &me) throw_singleton_again(name);
    for (singleton_slot const* at = this; at != nullptr && at->owner != nullptr; at = at->owner->waits_for) {
        if (at->owner == &me) throw_singleton(name, ".instance() would wait for ever: another thread constructs it, and waits for what this one constructs");
    }
    std::uint32_t const seen = epoch;
    me.waits_for = this;
    singleton_lock.release();
    while (__atomic_load_n(&epoch, __ATOMIC_ACQUIRE) == seen) wait_on(epoch, seen);
    singleton_lock.acquire();
    me.waits_for = nullptr;
}

inline void singleton_slot::done() noexcept {
    owner = nullptr;
    __atomic_store_n(&epoch, epoch + 1, __ATOMIC_RELEASE);
    wake_on(epoch, true);
}

inline void singleton_slot::abandon() noexcept {
    held guard(singleton_lock);
    done();
}

inline void singleton_slot::complete(singleton_node* made, chars name) {
    {
        held guard(singleton_lock);
        done();
        if (!over) {
            node = made;
            __atomic_store_n(&instance, made->object, __ATOMIC_RELEASE);
            return;
        }
    }
    made->release();  // exit() was called meanwhile
    throw_singleton_over(name);
}

/// Under the lock, which it leaves while the destructor runs. Who holds the instance keeps it.
inline void singleton_slot::destroy() {
    singleton_node* const old = node;
    node = nullptr;
    __atomic_store_n(&instance, static_cast<void*>(nullptr), __ATOMIC_RELEASE);
    owner = &this_singleton_thread;
    struct unlocked {  // a destructor may raise
        singleton_slot& slot;
        explicit unlocked(singleton_slot& s) noexcept : slot(s) { singleton_lock.release(); }
        unlocked(unlocked const&) = delete;
        unlocked& operator=(unlocked const&) = delete;
        ~unlocked() {
            singleton_lock.acquire();
            slot.done();
        }
    } const meanwhile(*this);
    old->release();
}

AMPHIS_COLD inline void singleton_slot::reset(chars name) {
    held guard(singleton_lock);
    while (owner != nullptr) wait(name);
    if (node != nullptr) destroy();
}

/// At exit. What another thread still constructs, that thread destroys.
AMPHIS_COLD inline void singleton_slot::tear_down() {
    held guard(singleton_lock);
    over = true;
    if (owner == nullptr && node != nullptr) destroy();
}

inline singleton_node* singleton_slot::hold() noexcept {
    held guard(singleton_lock);
    if (node != nullptr) node->retain();
    return node;
}

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_LANG_SINGLETON_SLOT_HPP
