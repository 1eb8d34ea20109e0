// SPDX-License-Identifier: MIT
// lru_cache/once: the engine of the policy `once`: a key is computed by one caller, and the others wait for it.
#ifndef AMPHIS_FUNCTOOLS_LRU_CACHE_ONCE_HPP
#define AMPHIS_FUNCTOOLS_LRU_CACHE_ONCE_HPP

#include <amphis/config.hpp>
#include <amphis/detail/lock.hpp>
#include <amphis/functools/lru_cache/engine.hpp>
#include <amphis/functools/lru_cache/key.hpp>
#include <amphis/lang/exceptions.hpp>

#include <cstdint>

namespace amphis::inline v0::detail {

/// A key that is being computed, of any cache. It lives in the frame of the call that computes it.
struct lru_flight {
    void const* owner;  // the thread
    bool awaited = false;
};

/// Who waits for whom, over all caches of the program: a thread that would close a circle gets an exception instead of a deadlock.
class waiting_thread {
public:
    waiting_thread() noexcept = default;
    waiting_thread(waiting_thread const&) = delete;
    waiting_thread& operator=(waiting_thread const&) = delete;
    ~waiting_thread() {
        if (thread_ == nullptr) return;
        held guard(all_lock);
        waiting_thread** at = &all;
        while (*at != this) at = &(*at)->next_;
        *at = next_;
    }

    /// This thread is going to wait for `flight`, which is in the air. False if its owner waits, through any number of others, for us.
    [[nodiscard]] bool enter(lru_flight const& flight) noexcept {
        held guard(all_lock);
        void const* const me = this_thread_token();
        for (void const* thread = flight.owner; thread != nullptr;) {
            if (thread == me) return false;
            waiting_thread const* at = all;
            while (at != nullptr && at->thread_ != thread) at = at->next_;
            thread = at != nullptr && at->for_ != nullptr ? at->for_->owner : nullptr;
        }
        thread_ = me;
        for_ = &flight;
        next_ = all;
        all = this;
        return true;
    }
    /// Nobody waits for `flight` any more, though some may not have woken up yet.
    static void landed(lru_flight const& flight) noexcept {
        held guard(all_lock);
        for (waiting_thread* at = all; at != nullptr; at = at->next_) {
            if (at->for_ == &flight) at->for_ = nullptr;
        }
    }

private:
    static inline constinit lock all_lock{};
    static inline constinit waiting_thread* all = nullptr;

    void const* thread_ = nullptr;
    lru_flight const* for_ = nullptr;
    waiting_thread* next_ = nullptr;
};

template <class Key, class Result, class Limit, class Lock>
class once_engine : public lru_engine<Key, Result, Limit, Lock> {
    using base = lru_engine<Key, Result, Limit, Lock>;

    struct flight : lru_flight {
        std::uint32_t hash;
        typename Key::snapshot const* key;
        flight* next = nullptr;
        bool flies = false;
    };

public:
    using typename base::token;
    using base::base;

    template <class Give, class Call, class... L>
    [[nodiscard]] typename Give::type get(Call& call, L const&... look_up) {
        if (this->limit_.most == 0) return base::template get<Give>(call, look_up...);
        std::uint32_t const hash = Key::hash(look_up...);
        if constexpr (Result::boxed) {
            if (token result = stored(hash, look_up...); result.box_ != nullptr) [[likely]] return Give::found(static_cast<token&&>(result));
        } else {
            [[maybe_unused]] typename base::look_up_graveyard dead;
            held guard(this->lock_);
            if (std::uint32_t const id = this->find(dead, hash, same(look_up...)); id != 0) [[likely]] return this->hit(id);
        }
        return miss<Give>(hash, call, look_up...);
    }

private:
    static constexpr std::uint64_t changed = static_cast<std::uint64_t>(-1);  // never the count of changes: look again

    template <class... L>
    static auto same(L const&... look_up) noexcept {
        return [&](typename Key::stored const& key) { return Key::equal(key, look_up...); };
    }

    /// For boxed results: null if there is none.
    template <class... L>
    [[nodiscard]] token stored(std::uint32_t hash, L const&... look_up) {
        [[maybe_unused]] typename base::look_up_graveyard dead;
        held guard(this->lock_);
        std::uint32_t const id = this->find(dead, hash, same(look_up...));
        return id != 0 ? this->hit(id) : token();
    }

    template <class Give, class Call, class... L>
    [[nodiscard]] AMPHIS_NOINLINE typename Give::type miss(std::uint32_t hash, Call& call, L const&... look_up) {
        auto snapshot = [&] {
            try {
                return Key::take_snapshot(look_up...);
            } catch (...) {
                this->count_miss();
                throw;
            }
        }();
        flight mine{{this_thread_token()}, hash, &snapshot};
        for (;;) {
            waiting_thread waiting;
            std::uint32_t seen = 0;
            {
                [[maybe_unused]] typename base::look_up_graveyard dead;
                held guard(this->lock_);
                if (this->find(dead, hash, same(look_up...)) != 0) break;  // somebody was faster: a hit, below
                flight* const other = this->comparing_ != 0 ? nullptr : in_the_air(hash, look_up...);
                if (other == nullptr) {
                    ++this->misses_;
                    mine.next = flights_;
                    flights_ = &mine;
                    mine.flies = true;
                    break;
                }
                if (!waiting.enter(*other)) {
                    ++this->misses_;
                    throw_<RuntimeError>("lru_cache: the result for these arguments depends on itself");
                }
                other->awaited = true;
                seen = landings_;
            }
            wait_on(landings_, seen);
        }
        if (!mine.flies) return get<Give>(call, look_up...);
        landing at_end{*this, mine};
        return Give::computed(call, [&](token const& result) {
            at_end.cancel();
            this->store(hash, snapshot, result, changed, [&]() noexcept { land(mine); });
        });
    }

    /// Whatever fails before the result is stored: who waits finds nothing, and the next one computes.
    struct landing {
        once_engine& engine;
        flight& mine;
        bool armed = true;

        void cancel() noexcept { armed = false; }
        ~landing() {
            if (!armed) return;
            held guard(engine.lock_);
            engine.land(mine);
        }
    };

    template <class... L>
    [[nodiscard]] flight* in_the_air(std::uint32_t hash, L const&... look_up) {
        typename base::comparison guard(this->comparing_);
        flight* at = flights_;
        while (at != nullptr && !(at->hash == hash && Key::equal_to_snapshot(*at->key, look_up...))) at = at->next;
        return at;
    }

    void land(flight& mine) noexcept {
        flight** at = &flights_;
        while (*at != &mine) at = &(*at)->next;
        *at = mine.next;
        if (!mine.awaited) return;
        waiting_thread::landed(mine);
        __atomic_fetch_add(&landings_, 1U, __ATOMIC_RELEASE);
        wake_on(landings_, true);
    }

    flight* flights_ = nullptr;
    std::uint32_t landings_ = 0;
};

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_FUNCTOOLS_LRU_CACHE_ONCE_HPP
