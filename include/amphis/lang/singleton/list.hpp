// SPDX-License-Identifier: MIT
// singleton/list: the instances that belong to one thread or to one context, in the order of their completion.
#ifndef AMPHIS_LANG_SINGLETON_LIST_HPP
#define AMPHIS_LANG_SINGLETON_LIST_HPP

#include <amphis/config.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/lang/singleton/slot.hpp>

namespace amphis::inline v0::detail {

/// Tells that a constructor or destructor runs.
class [[nodiscard]] singleton_running {
public:
    singleton_running(void const* key, void const* place, void const* object, std::size_t size) noexcept
        : frame_{key, place, static_cast<char const*>(object), static_cast<char const*>(object) + size, this_singleton_thread.running} {
        this_singleton_thread.running = &frame_;
    }
    singleton_running(singleton_running const&) = delete;
    singleton_running& operator=(singleton_running const&) = delete;
    ~singleton_running() { this_singleton_thread.running = frame_.outer; }

private:
    singleton_frame frame_;
};

/// Used by one thread at a time. Without a destructor, so that one can be thread_local and outlive its thread's objects.
class singleton_list {
public:
    [[nodiscard]] singleton_node* find(void const* key) const noexcept {
        singleton_node* node = newest_;
        while (node != nullptr && node->key != key) node = node->older;
        return node;
    }

    /// Raises where an instance of `key` cannot be constructed now.
    void begin(void const* key, chars name) const {
        check(key, name);
        if (over_) throw_singleton_over(name);
    }
    void complete(singleton_node* made, void const* key, void** published, chars name) {
        if (over_) {  // a constructor that ran into the end of the thread
            made->release();
            throw_singleton_over(name);
        }
        made->key = key;
        made->older = newest_;
        made->published = published;
        newest_ = made;
        if (published != nullptr) *published = made->object;
    }
    void reset(void const* key, chars name) {
        check(key, name);
        for (singleton_node** at = &newest_; *at != nullptr; at = &(*at)->older) {
            if ((*at)->key == key) return remove(at);
        }
    }
    /// Destroys all, the newest first. From now on there are no new ones.
    void tear_down() {
        over_ = true;
        while (newest_ != nullptr) remove(&newest_);
    }

private:
    void check(void const* key, chars name) const {
        for (singleton_frame const* at = this_singleton_thread.running; at != nullptr; at = at->outer) {
            if (at->key == key && at->place == this) throw_singleton_again(name);
        }
    }
    void remove(singleton_node** at) {
        singleton_node* const node = *at;
        *at = node->older;
        if (node->published != nullptr) *node->published = nullptr;
        singleton_running const running(node->key, this, nullptr, 0);
        node->release();
    }

    singleton_node* newest_ = nullptr;
    bool over_ = false;
};

inline constinit thread_local singleton_list singletons_of_thread;

/// Destroys the instances of a thread when it ends.
inline void tear_down_with_thread() {
    struct reaper {
        reaper() noexcept = default;
        reaper(reaper const&) = delete;
        reaper& operator=(reaper const&) = delete;
        ~reaper() { singletons_of_thread.tear_down(); }
        void arm() const noexcept {}
    };
    static thread_local reaper at_thread_end;
    at_thread_end.arm();
}

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_LANG_SINGLETON_LIST_HPP
