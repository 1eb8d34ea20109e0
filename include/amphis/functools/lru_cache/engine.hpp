// SPDX-License-Identifier: MIT
// lru_cache/engine: look up, else call and store: CPython's protocol, with what may throw done before anything changes.
#ifndef AMPHIS_FUNCTOOLS_LRU_CACHE_ENGINE_HPP
#define AMPHIS_FUNCTOOLS_LRU_CACHE_ENGINE_HPP

#include <amphis/config.hpp>
#include <amphis/detail/lock.hpp>
#include <amphis/functools/lru_cache/key.hpp>
#include <amphis/functools/lru_cache/table.hpp>

#include <cstdint>
#include <new>
#include <type_traits>
#include <utility>

namespace amphis::inline v0::detail {

// ---- results -------------------------------------------------------------------------------------------------------------------------

/// A result on the heap, counted: a handle keeps it when its entry is evicted.
template <class R, bool Atomic>
struct result_box {
    template <class Call>
    explicit result_box(Call& call) : value(call()) {}  // constructed in place

    R value;
    std::uint32_t count = 1;

    void keep() noexcept {
        if constexpr (Atomic) {
            __atomic_fetch_add(&count, 1U, __ATOMIC_RELAXED);
        } else {
            ++count;
        }
    }
    void drop() noexcept {
        if constexpr (Atomic) {
            if (__atomic_fetch_sub(&count, 1U, __ATOMIC_ACQ_REL) == 1) delete this;
        } else {
            if (--count == 0) delete this;
        }
    }
};

template <class R, bool Atomic>
class result_handle {
public:
    result_handle() noexcept = default;
    explicit result_handle(result_box<R, Atomic>* box) noexcept : box_(box) {}
    result_handle(result_handle const& other) noexcept : box_(other.box_) {
        if (box_ != nullptr) box_->keep();
    }
    result_handle(result_handle&& other) noexcept : box_(std::exchange(other.box_, nullptr)) {}
    result_handle& operator=(result_handle other) noexcept {
        std::swap(box_, other.box_);
        return *this;
    }
    ~result_handle() {
        if (box_ != nullptr) box_->drop();
    }

    result_box<R, Atomic>* box_ = nullptr;
};

/// How a result of type R is kept: in the node, by address, not at all, or in a counted box.
template <class R, bool Atomic>
struct result_part {
    using token = result_handle<R, Atomic>;
    using stored = result_box<R, Atomic>*;
    static constexpr bool boxed = true;

    template <class Call>
    [[nodiscard]] static token make(Call& call) {
        return token(new result_box<R, Atomic>(call));
    }
    [[nodiscard]] static token get(stored const& value) noexcept {
        value->keep();
        return token(value);
    }
    [[nodiscard]] static stored put(token const& value) noexcept {
        value.box_->keep();
        return value.box_;
    }
    static void release(stored value) noexcept {
        if (value != nullptr) value->drop();
    }
};

template <class R, bool Atomic>
    requires(StoredInline<R>)
struct result_part<R, Atomic> {
    using token = R;
    using stored = R;
    static constexpr bool boxed = false;

    template <class Call>
    [[nodiscard]] static R make(Call& call) {
        return call();
    }
    [[nodiscard]] static R get(R const& value) noexcept { return value; }
    [[nodiscard]] static R put(R const& value) noexcept { return value; }
    static void release(R const&) noexcept {}
};

template <class R, bool Atomic>
struct result_part<R&, Atomic> {
    using token = R*;
    using stored = R*;
    static constexpr bool boxed = false;

    template <class Call>
    [[nodiscard]] static R* make(Call& call) {
        return &call();
    }
    [[nodiscard]] static R* get(R* value) noexcept { return value; }
    [[nodiscard]] static R* put(R* value) noexcept { return value; }
    static void release(R*) noexcept {}
};

template <bool Atomic>
struct result_part<void, Atomic> {
    using token = no_member;
    using stored = no_member;
    static constexpr bool boxed = false;

    template <class Call>
    [[nodiscard]] static no_member make(Call& call) {
        call();
        return {};
    }
    [[nodiscard]] static no_member get(no_member) noexcept { return {}; }
    [[nodiscard]] static no_member put(no_member) noexcept { return {}; }
    static void release(no_member) noexcept {}
};

/// What a call gives back: the token of the result, ...
template <class Result>
struct give_token {
    using type = typename Result::token;

    [[nodiscard]] static type found(type&& token) noexcept { return static_cast<type&&>(token); }
    template <class Call, class Store>
    [[nodiscard]] static type computed(Call& call, Store const& store) {
        type token = Result::make(call);
        store(token);
        return token;
    }
};

/// ... or a copy of it, made outside the lock, and before anything is stored: a copy that throws leaves the cache as it was.
template <class R, class Result>
struct give_copy {
    using type = R;

    [[nodiscard]] static R found(typename Result::token&& token) { return R(std::as_const(token.box_->value)); }
    template <class Call, class Store>
    [[nodiscard]] static R computed(Call& call, Store const& store) {
        R value = call();
        auto const copy = [&value]() -> R const& { return value; };
        store(Result::make(copy));
        return value;
    }
};

// ---- sizes ---------------------------------------------------------------------------------------------------------------------------

/// maxsize known when compiling; a negative one is 0, as in CPython.
template <long long N, bool Unbounded>
struct fixed_limit {
    static constexpr bool unbounded = Unbounded;
    static constexpr std::uint32_t most = Unbounded || N > 0xFFFFFFFELL ? 0xFFFFFFFEU : N < 0 ? 0U : static_cast<std::uint32_t>(N);
};

/// maxsize known when running.
struct chosen_limit {
    bool unbounded = false;
    std::uint32_t most = 128;
};

struct lru_counts {
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;
    std::uint64_t entries = 0;
};

// ---- one table under one lock --------------------------------------------------------------------------------------------------------

template <class Key, class Result, class Limit, class Lock>
class lru_engine {
protected:
    // A limit that is not known when compiling may turn out to need the order.
    static constexpr bool ordered = !std::is_same_v<Limit, fixed_limit<0, true>>;
    using table = lru_table<Key, typename Result::stored, ordered>;

public:
    using token = typename Result::token;

    explicit lru_engine(Limit limit) noexcept : limit_(limit) {}
    lru_engine(lru_engine&& other) noexcept
        : limit_(other.limit_), table_(std::move(other.table_)), hits_(std::exchange(other.hits_, 0)), misses_(std::exchange(other.misses_, 0)) {}
    lru_engine& operator=(lru_engine const&) = delete;
    ~lru_engine() {
        // A destructor that comes back while the cache dies finds it empty; what it stores is destroyed in its turn.
        while (table_.size() != 0) {
            graveyard dead;
            dead.entries.swap(table_);
        }
    }

    [[nodiscard]] Limit const& limit() const noexcept { return limit_; }

    /// The result for the key `look_up...`, from the cache or from `call()`.
    template <class Give, class Call, class... L>
    [[nodiscard]] typename Give::type get(Call& call, L const&... look_up) {
        if (limit_.most == 0) {
            count_miss();
            return Give::computed(call, [](token const&) {});
        }
        return get_hashed<Give>(Key::hash(look_up...), call, look_up...);
    }

    /// As get(), for a key whose hash is known; needs a limit that is not 0.
    template <class Give, class Call, class... L>
    [[nodiscard]] typename Give::type get_hashed(std::uint32_t hash, Call& call, L const&... look_up) {
        auto const same = [&](typename Key::stored const& key) { return Key::equal(key, look_up...); };
        std::uint64_t changes = 0;
        if constexpr (Result::boxed) {
            token result;
            {
                [[maybe_unused]] look_up_graveyard dead;
                held guard(lock_);
                result = hit_or_miss(find(dead, hash, same));
                changes = changes_;
            }
            if (result.box_ != nullptr) [[likely]] return Give::found(static_cast<token&&>(result));
        } else {
            [[maybe_unused]] look_up_graveyard dead;
            held guard(lock_);
            std::uint32_t const id = find(dead, hash, same);
            if (id != 0) [[likely]] return hit(id);
            ++misses_;
            changes = changes_;
        }
        return miss<Give>(hash, changes, call, look_up...);
    }

    [[nodiscard]] lru_counts counts() {
        held guard(lock_);
        return {hits_, misses_, clear_later_ ? 0 : table_.size()};
    }

    void clear() {
        graveyard dead;
        held guard(lock_);
        hits_ = 0;
        misses_ = 0;
        ++changes_;
        if (comparing_ != 0) {
            clear_later_ = true;
        } else {
            dead.entries.swap(table_);
        }
    }

protected:
    /// Entries taken out under the lock and destroyed after it: a destructor may come back to the cache.
    struct graveyard {
        graveyard() noexcept = default;
        graveyard(graveyard const&) = delete;
        graveyard& operator=(graveyard const&) = delete;
        ~graveyard() { destroy(entries); }
        table entries;
    };
    /// A look-up clears nothing unless a comparison asked for it meanwhile.
    using look_up_graveyard = std::conditional_t<Key::calls_back, graveyard, no_member>;
    static void destroy(table& entries) noexcept {
        for (std::uint32_t id = 1; id <= entries.size(); ++id) {
            Key::release(entries[id].key);
            Result::release(entries[id].value);
        }
    }

    struct nothing {
        void operator()() const noexcept {}
    };
    template <class Last>
    struct finally {
        ~finally() { last(); }
        Last& last;
    };

    // Out of line, so that the hit is small enough to be inlined whatever the function is: 54 instructions instead of 74.
    template <class Give, class Call, class... L>
    [[nodiscard]] AMPHIS_NOINLINE typename Give::type miss(std::uint32_t hash, std::uint64_t changes, Call& call, L const&... look_up) {
        auto snapshot = Key::take_snapshot(look_up...);
        return Give::computed(call, [&](token const& result) { store(hash, snapshot, result, changes); });
    }

    /// For boxed results: null is a miss.
    [[nodiscard]] token hit_or_miss(std::uint32_t id) noexcept {
        if (id != 0) [[likely]] return hit(id);
        ++misses_;
        return {};
    }

    [[nodiscard]] token hit(std::uint32_t id) noexcept {
        ++hits_;
        table_.touch(id);
        return Result::get(table_[id].value);
    }

    void count_miss() noexcept {
        held guard(lock_);
        ++misses_;
    }

    /// A key's own operator== may call the cached function again. Such a call finds and counts, but stores and clears nothing
    /// before the comparison ends: the entry that is being compared must stay.
    struct comparison {
        explicit comparison(unsigned& depth) noexcept : depth_(depth) { ++depth_; }
        comparison(comparison const&) = delete;
        comparison& operator=(comparison const&) = delete;
        ~comparison() { --depth_; }
        unsigned& depth_;
    };

    template <class Same>
    [[nodiscard]] std::uint32_t find(look_up_graveyard& dead, std::uint32_t hash, Same const& same) {
        if constexpr (!Key::calls_back) {
            return table_.find(hash, same);
        } else {
            std::uint32_t id = 0;
            {
                comparison guard(comparing_);
                id = table_.find(hash, same);
            }
            if (clear_later_ && comparing_ == 0) {
                clear_later_ = false;
                dead.entries.swap(table_);
                return 0;
            }
            return id;
        }
    }

    /// Puts a result in, unless somebody did since there were `changes` changes. `last` runs at the end, under the lock, whatever happens.
    template <class Last = nothing>
    void store(std::uint32_t hash, typename Key::snapshot& snapshot, token const& result, std::uint64_t changes, Last last = {}) {
        [[maybe_unused]] look_up_graveyard dead;
        replaced old;
        held guard(lock_);
        finally<Last> const at_end{last};
        // Changed since: the function came back here, or another thread was faster.
        if (changes != changes_ && stored_meanwhile(dead, hash, snapshot, result, old)) [[unlikely]] return;
        if constexpr (Key::calls_back) {
            if (comparing_ != 0) return;
        }
        if (table_.size() < limit_.most) {
            table_.reserve_one(limit_.most);
            Key::prepare_new(snapshot);
            std::uint32_t const id = table_.add(hash);
            Key::take(table_[id].key, snapshot);
            old.put(table_[id].value, result);
        } else if constexpr (ordered) {
            std::uint32_t const id = table_.oldest();
            Key::prepare(table_[id].key, snapshot);
            table_.rename_oldest(hash);
            Key::take(table_[id].key, snapshot);
            old.put(table_[id].value, result);
        }
        ++changes_;
    }

    AMPHIS_COLD bool stored_meanwhile(look_up_graveyard& dead, std::uint32_t hash, typename Key::snapshot const& snapshot, token const& result,
                                      auto& old) {
        std::uint32_t const id = find(dead, hash, [&](typename Key::stored const& key) { return Key::equal_snapshot(key, snapshot); });
        if (id != 0 && limit_.unbounded) old.put(table_[id].value, result);  // as CPython: the last result stays
        return id != 0;
    }

    /// The value that an entry had before.
    struct replaced {
        replaced() noexcept = default;
        replaced(replaced const&) = delete;
        replaced& operator=(replaced const&) = delete;
        ~replaced() {
            if constexpr (Result::boxed) Result::release(value);
        }
        void put(typename Result::stored& to, token const& result) noexcept {
            if constexpr (Result::boxed) {
                value = std::exchange(to, Result::put(result));
            } else {
                ::new (static_cast<void*>(&to)) typename Result::stored(Result::put(result));
            }
        }
        std::conditional_t<Result::boxed, typename Result::stored, no_member> value{};
    };

    AMPHIS_NO_UNIQUE_ADDRESS Limit limit_;
    AMPHIS_NO_UNIQUE_ADDRESS Lock lock_;
    table table_;
    std::uint64_t hits_ = 0;
    std::uint64_t misses_ = 0;
    std::uint64_t changes_ = 0;
    unsigned comparing_ = 0;
    bool clear_later_ = false;
};

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_FUNCTOOLS_LRU_CACHE_ENGINE_HPP
