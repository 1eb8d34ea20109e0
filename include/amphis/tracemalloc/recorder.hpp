// SPDX-License-Identifier: MIT
// tracemalloc/recorder: which blocks there are, and from where they were asked for. Its own memory comes from malloc and is not traced.
#ifndef AMPHIS_TRACEMALLOC_RECORDER_HPP
#define AMPHIS_TRACEMALLOC_RECORDER_HPP

#include <amphis/config.hpp>
#include <amphis/detail/lock.hpp>
#include <amphis/detail/trace.hpp>
#include <amphis/tracemalloc/symbols.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>
#include <vector>

#include <unwind.h>

namespace amphis::inline v0::detail::tracemalloc {

/// Room in the stack of a block for what the libraries call among themselves, beside the frames of the program.
inline constexpr std::size_t most_internal = 64;

/// A stack of return addresses, the innermost first.
struct stack_trace {
    std::uintptr_t const* frames;
    std::uint32_t count;
    bool whole;  // it was not cut
};

/// Walks the stack of this thread. It begins where `by` is a return address, or, if that is null, or not found, behind the libraries' functions.
class stack_walk {
public:
    stack_walk(std::uintptr_t* frames, std::size_t limit, void* by) noexcept : frames_(frames), limit_(limit), by_(reinterpret_cast<std::uintptr_t>(by)) {}

    [[nodiscard]] stack_trace run() noexcept {
        bool const whole = _Unwind_Backtrace(&stack_walk::step, this) == _URC_END_OF_STACK || ended_;
        if (count_ == 0 && by_ != 0) return stack_walk(frames_, limit_, nullptr).run();
        return {frames_, static_cast<std::uint32_t>(count_), whole && own_ != limit_};
    }

private:
    static _Unwind_Reason_Code step(_Unwind_Context* context, void* walk) noexcept {
        auto& self = *static_cast<stack_walk*>(walk);
        auto const address = static_cast<std::uintptr_t>(_Unwind_GetIP(context));
        if (address == 0) {
            self.ended_ = true;
            return _URC_END_OF_STACK;
        }
        if (self.by_ != 0 && self.count_ == 0 && address != self.by_) return ++self.passed_ < 32 ? _URC_NO_REASON : _URC_END_OF_STACK;
        std::uintptr_t const call = address - 1;  // the return address may belong to the next line, or function
        if (self.own_ == 0 && is_internal_at(call)) {
            if (self.count_ != most_internal) self.frames_[self.count_++] = call;
            return _URC_NO_REASON;
        }
        self.frames_[self.count_++] = call;
        // Nobody asks how many more there are: to know would take a walk through all of them.
        return ++self.own_ != self.limit_ ? _URC_NO_REASON : _URC_END_OF_STACK;
    }
    std::uintptr_t* frames_;
    std::size_t limit_;
    std::uintptr_t by_;
    std::size_t count_ = 0;
    std::size_t own_ = 0;  // frames from the first one of the program on
    std::size_t passed_ = 0;
    bool ended_ = false;
};

inline std::size_t hash_of_stack(std::uintptr_t const* frames, std::size_t count) noexcept {
    std::size_t hash = count;
    for (std::size_t i = 0; i != count; ++i) {
        hash = (hash ^ frames[i]) * 0x9e3779b97f4a7c15U;
        hash ^= hash >> 29U;
    }
    return hash;
}

/// One of the two tables: open addressing, of entries that are copied as bytes.
template <class Entry>
struct bare_table {
    Entry* entries = nullptr;
    std::size_t capacity = 0;  // a power of two, or 0
    std::size_t size = 0;

    /// There is room for one more; false if there is no memory.
    template <class Rehash>
    [[nodiscard]] bool grow(Rehash const& place_in) noexcept {
        if (4 * (size + 1) <= 3 * capacity) return true;
        bare_table wider{nullptr, capacity != 0 ? 2 * capacity : 1024, size};
        wider.entries = static_cast<Entry*>(std::calloc(wider.capacity, sizeof(Entry)));
        if (wider.entries == nullptr) return 8 * (size + 1) <= 7 * capacity;  // fuller, a search would take too long
        for (std::size_t i = 0; i != capacity; ++i) {
            if (!entries[i].empty()) wider.entries[place_in(wider, entries[i])] = entries[i];
        }
        std::free(entries);
        *this = wider;
        return true;
    }
    void clear() noexcept {
        std::free(entries);
        *this = {};
    }
};

/// A block. At address 0 there is none.
struct block_entry {
    std::uintptr_t address;
    std::size_t size;
    std::uint32_t domain;
    std::uint32_t stack;
    [[nodiscard]] bool empty() const noexcept { return address == 0; }
};
/// A stack that blocks share; the addresses are in `pool`.
struct stack_entry {
    std::size_t hash;
    std::size_t first;
    std::uint32_t count;
    std::uint32_t number;  // from 1 on; 0 for none
    bool whole;
    [[nodiscard]] bool empty() const noexcept { return number == 0; }
};

struct recorded_stack {
    std::size_t first;
    std::uint32_t count;
    bool whole;
};
struct recorded {
    std::vector<block_entry> blocks;
    std::vector<recorded_stack> stacks;  // by block_entry::stack - 1
    std::vector<std::uintptr_t> pool;
};

/// Nobody constructs or destroys it: blocks come before main() and go after it.
class recorder {
public:
    [[nodiscard]] bool is_tracing() const noexcept { return __atomic_load_n(&tracing_, __ATOMIC_RELAXED); }
    void trace(bool on) noexcept { __atomic_store_n(&tracing_, on, __ATOMIC_RELEASE); }
    [[nodiscard]] std::size_t limit() const noexcept { return __atomic_load_n(&limit_, __ATOMIC_RELAXED); }
    void set_limit(std::size_t limit) noexcept { __atomic_store_n(&limit_, limit, __ATOMIC_RELAXED); }

    /// A block came to be; `by` is the return address of who asked for it, or null.
    AMPHIS_NOINLINE bool made(void* block, std::size_t size, void* by, std::uint32_t domain) noexcept {
        if (trace::paused != 0) {
            noticed = true;
            return false;
        }
        trace::pause const ours;
        std::size_t const limit = this->limit();
        if (limit == 1 && by != nullptr) {
            std::uintptr_t const call = reinterpret_cast<std::uintptr_t>(by) - 1;
            if (!is_internal_at(call)) return add(block, size, domain, {&call, 1, false});
        }
        std::uintptr_t local[most_internal + 64];
        std::uintptr_t* frames = local;
        if (limit > 64) frames = static_cast<std::uintptr_t*>(std::malloc((most_internal + limit) * sizeof(std::uintptr_t)));
        bool kept = false;
        if (frames != nullptr) {
            stack_trace const stack = stack_walk(frames, limit, by).run();
            kept = add(block, size, domain, stack);
        }
        if (frames != local) std::free(frames);
        return kept;
    }

    /// A block goes.
    AMPHIS_NOINLINE bool gone(void* block, std::uint32_t domain) noexcept {
        if (holding) return false;
        section const only(lock_);
        std::size_t const at = find(block, domain);
        if (at == none) return false;
        remove(at);
        return true;
    }

    [[nodiscard]] std::pair<std::size_t, std::size_t> memory() noexcept {
        section const only(lock_);
        return {current_, peak_};
    }
    void reset_peak() noexcept {
        section const only(lock_);
        peak_ = current_;
    }
    void clear() noexcept {
        section const only(lock_);
        blocks_.clear();
        stacks_.clear();
        std::free(pool_);
        pool_ = nullptr;
        pool_size_ = pool_capacity_ = 0;
        current_ = peak_ = 0;
    }
    /// bytes
    [[nodiscard]] std::size_t own_memory() noexcept {
        section const only(lock_);
        return blocks_.capacity * sizeof(block_entry) + stacks_.capacity * sizeof(stack_entry) + pool_capacity_ * sizeof(std::uintptr_t);
    }

    /// A copy of all; or, of `only_block`, what there is of that one.
    [[nodiscard]] recorded copy(void const* only_block = nullptr) {
        recorded all;
        for (;;) {
            std::size_t blocks = 0;
            std::size_t stacks = 0;
            std::size_t pool = 0;
            {
                section const only(lock_);
                blocks = only_block != nullptr ? 1 : blocks_.size;
                stacks = stacks_.size;
                pool = pool_size_;
            }
            // Nothing is allocated by operator new while the lock is held.
            all.blocks.reserve(blocks + blocks / 8 + 64);
            all.stacks.resize(stacks + stacks / 8 + 64);
            all.pool.resize(pool + pool / 8 + 1024);
            section const only(lock_);
            if (only_block != nullptr) {
                std::size_t const at = find(only_block, 0);
                if (at != none) all.blocks.push_back(blocks_.entries[at]);
            } else {
                if (blocks_.size > all.blocks.capacity()) continue;
                for (std::size_t i = 0; i != blocks_.capacity; ++i) {
                    if (!blocks_.entries[i].empty()) all.blocks.push_back(blocks_.entries[i]);
                }
            }
            if (stacks_.size > all.stacks.size() || pool_size_ > all.pool.size()) {
                all.blocks.clear();
                continue;
            }
            for (std::size_t i = 0; i != stacks_.capacity; ++i) {
                stack_entry const& one = stacks_.entries[i];
                if (!one.empty()) all.stacks[one.number - 1] = {one.first, one.count, one.whole};
            }
            if (pool_size_ != 0) std::memcpy(all.pool.data(), pool_, pool_size_ * sizeof(std::uintptr_t));
            return all;
        }
    }

    /// Whether this thread came by while it was paused: start() asks whether operator new is ours.
    static inline constinit thread_local bool noticed = false;

private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    static inline constinit thread_local bool holding = false;  // under a sanitizer, what is freed under the lock comes back here

    struct section {
        explicit section(lock& l) noexcept : lock_(l) {
            lock_.acquire();
            holding = true;
        }
        section(section const&) = delete;
        section& operator=(section const&) = delete;
        ~section() {
            holding = false;
            lock_.release();
        }
        lock& lock_;
    };

    [[nodiscard]] static std::size_t home(std::uintptr_t address, std::size_t capacity) noexcept {
        return static_cast<std::size_t>(((address >> 3U) * 0x9e3779b97f4a7c15U) >> 20U) & (capacity - 1);
    }
    [[nodiscard]] static std::size_t place(bare_table<block_entry> const& in, block_entry const& entry) noexcept {
        std::size_t i = home(entry.address, in.capacity);
        while (!in.entries[i].empty() && (in.entries[i].address != entry.address || in.entries[i].domain != entry.domain)) i = (i + 1) & (in.capacity - 1);
        return i;
    }
    [[nodiscard]] std::size_t find(void const* block, std::uint32_t domain) const noexcept {
        if (blocks_.size == 0 || block == nullptr) return none;
        std::size_t const at = place(blocks_, {reinterpret_cast<std::uintptr_t>(block), 0, domain, 0});
        return blocks_.entries[at].empty() ? none : at;
    }
    void remove(std::size_t hole) noexcept {
        current_ -= blocks_.entries[hole].size;
        --blocks_.size;
        std::size_t const mask = blocks_.capacity - 1;
        for (std::size_t i = (hole + 1) & mask; !blocks_.entries[i].empty(); i = (i + 1) & mask) {
            if (((i - home(blocks_.entries[i].address, blocks_.capacity)) & mask) < ((i - hole) & mask)) continue;
            blocks_.entries[hole] = blocks_.entries[i];
            hole = i;
        }
        blocks_.entries[hole] = {};
    }

    bool add(void* block, std::size_t size, std::uint32_t domain, stack_trace const& stack) noexcept {
        std::size_t const hash = hash_of_stack(stack.frames, stack.count);
        section const only(lock_);
        if (!is_tracing()) return false;
        std::uint32_t const number = number_of(stack, hash);
        if (number == 0) return false;
        if (std::size_t const before = find(block, domain); before != none) remove(before);
        if (!blocks_.grow([](auto const& in, block_entry const& one) { return place(in, one); })) return false;
        block_entry const entry{reinterpret_cast<std::uintptr_t>(block), size, domain, number};
        blocks_.entries[place(blocks_, entry)] = entry;
        ++blocks_.size;
        current_ += size;
        if (current_ > peak_) peak_ = current_;
        return true;
    }

    /// The number of a stack, which is new or known; 0 if there is no memory.
    [[nodiscard]] std::uint32_t number_of(stack_trace const& stack, std::size_t hash) noexcept {
        auto const free_place = [](auto const& in, stack_entry const& one) {
            std::size_t i = one.hash & (in.capacity - 1);
            while (!in.entries[i].empty()) i = (i + 1) & (in.capacity - 1);
            return i;
        };
        if (!stacks_.grow(free_place)) return 0;
        std::size_t i = hash & (stacks_.capacity - 1);
        for (; !stacks_.entries[i].empty(); i = (i + 1) & (stacks_.capacity - 1)) {
            stack_entry const& one = stacks_.entries[i];
            if (one.hash == hash && one.count == stack.count && std::memcmp(pool_ + one.first, stack.frames, stack.count * sizeof(std::uintptr_t)) == 0) return one.number;
        }
        if (pool_size_ + stack.count > pool_capacity_) {
            std::size_t const capacity = 2 * pool_capacity_ + stack.count + 1024;
            auto* const wider = static_cast<std::uintptr_t*>(std::realloc(pool_, capacity * sizeof(std::uintptr_t)));
            if (wider == nullptr) return 0;
            pool_ = wider;
            pool_capacity_ = capacity;
        }
        std::memcpy(pool_ + pool_size_, stack.frames, stack.count * sizeof(std::uintptr_t));
        stacks_.entries[i] = {hash, pool_size_, stack.count, static_cast<std::uint32_t>(stacks_.size + 1), stack.whole};
        pool_size_ += stack.count;
        return static_cast<std::uint32_t>(++stacks_.size);
    }

    bool tracing_ = false;
    std::size_t limit_ = 1;
    lock lock_;
    bare_table<block_entry> blocks_;
    bare_table<stack_entry> stacks_;
    std::uintptr_t* pool_ = nullptr;
    std::size_t pool_size_ = 0;
    std::size_t pool_capacity_ = 0;
    std::size_t current_ = 0;
    std::size_t peak_ = 0;
};
inline constinit recorder blocks;

}  // namespace amphis::inline v0::detail::tracemalloc

#endif  // AMPHIS_TRACEMALLOC_RECORDER_HPP
