// SPDX-License-Identifier: MIT
// singleton and threads: one construction among many, and construction, access, reset and tear-down at once.
// Catch's own macros are not for several threads: the threads count what is wrong, and the test looks at the count.
#include <amphis/lang/exceptions.hpp>
#include <amphis/lang/singleton.hpp>

#include "support/catch.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <latch>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace sg = amphis::singletons;
using amphis::RuntimeError;
using amphis::singleton;
using amphis::singleton_of;
using amphis::ValueError;

namespace {

/// Runs body(0) to body(count - 1) at once, each in a thread.
void in_threads(int count, auto const& body) {
    std::latch start(count);
    std::vector<std::thread> threads;
    threads.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i != count; ++i) {
        threads.emplace_back([&, i] {
            start.arrive_and_wait();
            body(i);
        });
    }
    for (auto& thread : threads) thread.join();
}

void nap() { std::this_thread::sleep_for(std::chrono::milliseconds(2)); }

/// Its two numbers are equal as long as it lives; plain memory, so that a race is seen.
struct Pair : singleton<Pair> {
    static inline std::atomic<int> made{0};
    static inline std::atomic<int> living{0};
    int first;
    int second;
    explicit Pair(int n = 1) : first(n), second(n) {
        ++made;
        ++living;
    }
    ~Pair() {
        first = -1;
        second = -2;
        --living;
    }
};

}  // namespace

TEST_CASE("singleton: one construction among many threads", "[lang][singleton][threads]") {
    for (int round = 0; round != 20; ++round) {
        std::atomic<int> constructed{0};
        struct Counted : singleton<Counted> {
            int number;
            Counted(std::atomic<int>& count, int n) : number(n) {
                ++count;
                nap();
            }
        };
        std::atomic<Counted*> seen{nullptr};
        std::atomic<int> wrong{0};
        in_threads(8, [&](int i) {
            Counted& mine = Counted::instance(constructed, i);
            Counted* expected = nullptr;
            if (!seen.compare_exchange_strong(expected, &mine) && expected != &mine) ++wrong;
            if (mine.number != Counted::instance(constructed, i + 100).number) ++wrong;
        });
        CHECK(wrong == 0);
        CHECK(constructed == 1);
        Counted::reset();
    }
}

TEST_CASE("singleton: a constructor that raises hands over to the next thread", "[lang][singleton][threads]") {
    struct Fragile : singleton<Fragile> {
        explicit Fragile(std::atomic<int>& attempts) {
            nap();
            if (++attempts < 4) throw ValueError("not yet");
        }
    };
    std::atomic<int> attempts{0};
    std::atomic<int> raised{0};
    in_threads(8, [&](int) {
        try {
            Fragile::instance(attempts);
        } catch (ValueError const&) {
            ++raised;
        }
    });
    CHECK(attempts == 4);
    CHECK(raised == 3);
    Fragile::reset();
}

namespace {
std::atomic<int> entered{0};
/// Until both threads are in a constructor, or a while has passed.
void meet() {
    ++entered;
    for (int i = 0; i != 200 && entered.load() < 2; ++i) nap();
}
struct Left : singleton<Left> {
    Left();
};
struct Right : singleton<Right> {
    Right() {
        meet();
        Left::instance();
    }
};
Left::Left() {
    meet();
    Right::instance();
}
}  // namespace

TEST_CASE("singleton: threads that would wait for one another raise RuntimeError instead", "[lang][singleton][threads]") {
    for (int round = 0; round != 20; ++round) {
        entered = 0;
        std::atomic<int> circles{0};
        std::atomic<int> other{0};
        in_threads(2, [&](int i) {
            try {
                if (i == 0) {
                    Left::instance();
                } else {
                    Right::instance();
                }
            } catch (RuntimeError const& e) {
                std::string_view const what = e.what();
                ++(what.find("would wait for ever") != what.npos ? circles : other);
            }
        });
        // The other thread then constructs both, and runs into its own constructor; or it is the one that waits.
        CHECK(circles >= 1);
        CHECK(circles + other <= 2);
        CHECK(!(Left::exists() && Right::exists()));
        Left::reset();
        Right::reset();
    }
}

TEST_CASE("singleton: construction, access and reset at once; who holds the instance may use it", "[lang][singleton][threads]") {
    Pair::made = 0;
    std::atomic<int> wrong{0};
    in_threads(8, [&](int i) {
        for (int n = 0; n != 400; ++n) {
            if (i % 4 == 0) {
                Pair::reset();
            } else if (i == 1) {
                (void)Pair::exists();
                Pair::instance(n);  // constructs, and does not look at what another thread may reset
            } else {
                auto const held = Pair::hold(n);
                auto const copy = held;
                if (copy->first != copy->second) ++wrong;
            }
        }
    });
    CHECK(wrong == 0);
    Pair::reset();
    CHECK(Pair::living == 0);
    CHECK(Pair::made >= 1);
}

TEST_CASE("singleton: a reset does not overlap with the next construction", "[lang][singleton][threads]") {
    struct Port : singleton<Port> {
        explicit Port(std::atomic<int>& open) : open_(open) {
            if (++open_ != 1) clashes() = 1;
        }
        ~Port() {
            nap();
            --open_;
        }
        static std::atomic<int>& clashes() {
            static std::atomic<int> count{0};
            return count;
        }
        std::atomic<int>& open_;
    };
    std::atomic<int> open{0};
    in_threads(4, [&](int i) {
        for (int n = 0; n != 10; ++n) {
            if (i == 0) {
                Port::reset();
            } else {
                Port::instance(open);
            }
        }
    });
    Port::reset();
    CHECK(Port::clashes() == 0);
    CHECK(open == 0);
}

TEST_CASE("singleton: tear-down among threads that construct and use it", "[lang][singleton][threads]") {
    // What exit() runs. A tag for each round: after its tear-down a singleton stays so.
    auto const round = [](auto tag) {
        using Tag = decltype(tag);
        struct Box {
            int first = 3;
            int second = 3;
            ~Box() { first = second = 0; }
        };
        auto& slot = amphis::detail::singleton_place<Box, Tag>::slot;
        std::atomic<int> wrong{0};
        std::atomic<int> refused{0};
        in_threads(4, [&](int i) {
            if (i == 0) {
                nap();
                slot.tear_down();
                return;
            }
            try {
                for (int n = 0; n != 1'000'000; ++n) {
                    auto const held = singleton_of<Box, Tag>.hold();
                    if (held->first != 3 || held->second != 3) ++wrong;
                    if (i == 1 && n % 8 == 0) singleton_of<Box, Tag>.reset();
                }
            } catch (RuntimeError const& e) {
                if (std::string_view(e.what()) == "Box is used after its tear-down") ++refused;
            }
        });
        CHECK(wrong == 0);
        CHECK(refused == 3);
        CHECK(!singleton_of<Box, Tag>.exists());
    };
    [&]<int... I>(std::integer_sequence<int, I...>) { (round(std::integral_constant<int, I>()), ...); }(std::make_integer_sequence<int, 8>());
}

TEST_CASE("singleton: what is under construction at tear-down is destroyed by who constructs it", "[lang][singleton][threads]") {
    struct Late {
        std::atomic<int>& destroyed;
        Late(std::latch& inside, std::latch& torn, std::atomic<int>& d) : destroyed(d) {
            inside.count_down();
            torn.wait();
        }
        ~Late() { ++destroyed; }
    };
    std::latch inside(1);
    std::latch torn(1);
    std::atomic<int> destroyed{0};
    std::atomic<int> refused{0};
    in_threads(2, [&](int i) {
        if (i == 0) {
            inside.wait();
            amphis::detail::singleton_place<Late, void>::slot.tear_down();
            torn.count_down();
            return;
        }
        try {
            singleton_of<Late>(inside, torn, destroyed);
        } catch (RuntimeError const&) {
            ++refused;
        }
    });
    CHECK(destroyed == 1);
    CHECK(refused == 1);
}

TEST_CASE("singleton: one for each thread", "[lang][singleton][threads]") {
    struct Mine : singleton<Mine, sg::per_thread> {
        int count = 0;
        std::atomic<int>& living;
        explicit Mine(std::atomic<int>& l) : living(l) { ++living; }
        ~Mine() { --living; }
    };
    std::atomic<int> living{0};
    std::atomic<int> wrong{0};
    in_threads(6, [&](int) {
        for (int n = 0; n != 1000; ++n) ++Mine::instance(living).count;
        if (Mine::instance(living).count != 1000) ++wrong;
    });
    CHECK(wrong == 0);
    CHECK(living == 0);
}

TEST_CASE("singleton: a context is in one thread at a time", "[lang][singleton][threads]") {
    struct Request : singleton<Request, sg::per_context> {
        int visits = 0;
    };
    sg::context shared;
    std::atomic<int> entered_times{0};
    in_threads(4, [&](int) {
        for (int n = 0; n != 200; ++n) {
            try {
                shared.run([] { ++Request::instance().visits; });
                ++entered_times;
            } catch (RuntimeError const&) {
                std::this_thread::yield();
            }
        }
    });
    CHECK(shared.run([] { return Request::instance().visits; }) == entered_times);
    CHECK(!Request::exists());
}
