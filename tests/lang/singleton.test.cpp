// SPDX-License-Identifier: MIT
// singleton: one instance, made by the first call, destroyed in order, and never used before or after.
#include <amphis/lang/exceptions.hpp>
#include <amphis/lang/singleton.hpp>

#include "support/catch.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <optional>
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
using amphis::TypeError;
using amphis::ValueError;

namespace {

std::string message_of(auto const& body) {
    try {
        body();
    } catch (amphis::Exception const& e) {
        return std::string(e.type_name()) + ": " + e.what();
    }
    return "nothing raised";
}

/// What happened, in order.
std::vector<std::string>& events() {
    static std::vector<std::string> all;
    return all;
}

struct Connection : singleton<Connection> {
    std::string url;
    explicit Connection(std::string u) : url(std::move(u)) {}
};

struct Empty : singleton<Empty> {};
struct WithMember : singleton<WithMember> {
    double value = 0;
};
static_assert(sizeof(WithMember) == sizeof(double));
static_assert(std::is_empty_v<Empty>);
static_assert(!std::is_copy_constructible_v<Connection> && !std::is_move_constructible_v<Connection>);
static_assert(!std::is_copy_assignable_v<Connection> && !std::is_move_assignable_v<Connection>);

}  // namespace

TEST_CASE("singleton: the first call constructs, and later arguments are ignored", "[lang][singleton]") {
    CHECK(!Connection::exists());
    auto& a = Connection::instance("db://one");
    auto& b = Connection::instance("db://two");
    CHECK(&a == &b);
    CHECK(b.url == "db://one");
    CHECK(&Connection::instance() == &a);
    CHECK(Connection::exists());
    Connection::reset();
    CHECK(!Connection::exists());
    CHECK(Connection::instance("db://three").url == "db://three");
    Connection::reset();
    Connection::reset();  // of nothing
}

TEST_CASE("singleton: the first call without arguments, and no default constructor, is a TypeError", "[lang][singleton]") {
    CHECK(message_of([] { Connection::instance(); }) ==
          "TypeError: Connection.instance() needs arguments the first time: there is no instance yet, and no default constructor");
    CHECK(message_of([] { Connection::instance(); }).starts_with("TypeError"));  // and leaves nothing behind
    CHECK(Connection::instance("x").url == "x");
    Connection::reset();
}

TEST_CASE("singleton: arguments are forwarded, and untouched when they are ignored", "[lang][singleton]") {
    struct Holder : singleton<Holder> {
        std::string text;
        int& counter;
        Holder(std::string t, int& c) : text(std::move(t)), counter(c) {}
    };
    int counter = 0;
    std::string first = "a text that is too long for the small buffer";
    std::string second = first;
    Holder::instance(std::move(first), counter).counter = 5;
    CHECK(counter == 5);
    Holder::instance(std::move(second), counter);
    CHECK(second == "a text that is too long for the small buffer");  // NOLINT(bugprone-use-after-move)
    Holder::reset();
}

TEST_CASE("singleton: a constructor that raises lets the next call try again", "[lang][singleton]") {
    struct Fragile : singleton<Fragile> {
        int port;
        explicit Fragile(int p) : port(p) {
            if (p < 0) throw ValueError("no such port");
        }
    };
    CHECK(message_of([] { Fragile::instance(-1); }) == "ValueError: no such port");
    CHECK(!Fragile::exists());
    CHECK(message_of([] { Fragile::instance(-2); }) == "ValueError: no such port");
    CHECK(Fragile::instance(80).port == 80);
    CHECK(Fragile::instance(-1).port == 80);
    Fragile::reset();
}

namespace {
struct Recursive : singleton<Recursive> {
    explicit Recursive(bool again) {
        if (again) instance(true);
    }
};
struct Chicken : singleton<Chicken> {
    Chicken();
};
struct Egg : singleton<Egg> {
    Egg() { Chicken::instance(); }
};
Chicken::Chicken() { Egg::instance(); }
struct InDestructor : singleton<InDestructor> {
    std::string* seen;
    explicit InDestructor(std::string* s) : seen(s) {}
    ~InDestructor() {
        *seen = message_of([] { instance(nullptr); });
    }
};
}  // namespace

TEST_CASE("singleton: recursion into its own construction raises RuntimeError", "[lang][singleton]") {
    CHECK(message_of([] { Recursive::instance(true); }) ==
          "RuntimeError: Recursive.instance() is called again while Recursive is being constructed or destroyed");
    Recursive::instance(false);
    Recursive::reset();
    CHECK(message_of([] { Chicken::instance(); }) ==
          "RuntimeError: Chicken.instance() is called again while Chicken is being constructed or destroyed");
    CHECK(!Egg::exists());
}

TEST_CASE("singleton: its own destructor finds no instance", "[lang][singleton]") {
    std::string seen;
    InDestructor::instance(&seen);
    InDestructor::reset();
    CHECK(seen == "RuntimeError: InDestructor.instance() is called again while InDestructor is being constructed or destroyed");
}

namespace {
struct Reluctant : singleton<Reluctant> {
    bool raises = false;
    ~Reluctant() noexcept(false) {
        if (raises) throw amphis::ValueError("not yet");
    }
};
}  // namespace

TEST_CASE("singleton: a destructor that raises lets the next call construct", "[lang][singleton]") {
    Reluctant::instance().raises = true;
    CHECK(message_of([] { Reluctant::reset(); }) == "ValueError: not yet");
    CHECK(!Reluctant::exists());
    CHECK(!Reluctant::instance().raises);
    Reluctant::reset();
}

namespace {
struct Base : singleton<Base> {
    int number;
    explicit Base(int n = 1) : number(n) {}
};
struct Derived : singleton<Derived, sg::extends<Base>> {
    using singleton::singleton;
    int more = 10;
};
struct Third : singleton<Third, sg::extends<Derived>, sg::strict> {
    Third() : singleton(3) {}
};
}  // namespace

TEST_CASE("singleton: each derived class has an instance of its own", "[lang][singleton]") {
    Base& base = Base::instance(5);
    Derived& derived = Derived::instance(6);
    Third& third = Third::instance();
    CHECK(base.number == 5);
    CHECK(derived.number == 6);
    CHECK(third.number == 3);
    CHECK(third.more == 10);
    CHECK(static_cast<Base*>(&derived) != &base);
    CHECK(&Derived::instance() == &derived);
    Derived::reset();
    CHECK(Base::exists());
    Third::reset();
    Base::reset();
}

TEST_CASE("singleton: there is no second object", "[lang][singleton]") {
    CHECK(message_of([] { Connection other("db://two"); }) ==
          "RuntimeError: Connection is a singleton: its instance is what Connection.instance() returns");
    Connection::instance("db://one");
    CHECK(message_of([] { Connection other("db://two"); }).starts_with("RuntimeError"));
    Connection::reset();
}

namespace {
class Private : public singleton<Private> {
    friend singleton<Private>;
    explicit Private(int v) : value(v) {}
    ~Private() { events().emplace_back("~Private"); }

public:
    int value;
};
struct alignas(64) Aligned : singleton<Aligned> {
    std::array<char, 3> bytes{};
};
struct Overloaded : singleton<Overloaded> {
    int value = 3;
    int* operator&() { return &value; }  // NOLINT(google-runtime-operator)
    static void* operator new(std::size_t) { throw ValueError("nobody asks for this"); }
    static void operator delete(void*) {}
};
}  // namespace

TEST_CASE("singleton: private constructors, alignment and odd operators", "[lang][singleton]") {
    static_assert(!std::is_constructible_v<Private, int>);
    CHECK(Private::instance(4).value == 4);
    events().clear();
    Private::reset();
    CHECK(events() == std::vector<std::string>{"~Private"});
    CHECK(reinterpret_cast<std::uintptr_t>(&Aligned::instance()) % 64 == 0);
    Aligned::reset();
    CHECK(Overloaded::instance().value == 3);
    Overloaded::reset();
}

TEST_CASE("singleton: strict refuses arguments for an instance that there is", "[lang][singleton]") {
    struct Config : singleton<Config, sg::strict> {
        int level;
        explicit Config(int l) : level(l) {}
    };
    CHECK(Config::instance(3).level == 3);
    CHECK(Config::instance().level == 3);
    CHECK(message_of([] { Config::instance(3); }) == "RuntimeError: Config.instance() got arguments, but there is an instance already");
    CHECK(message_of([] { (void)Config::hold(3); }) == "RuntimeError: Config.instance() got arguments, but there is an instance already");
    CHECK(Config::hold()->level == 3);
    Config::reset();
    CHECK(Config::hold(4)->level == 4);
    Config::reset();
}

TEST_CASE("singleton: a handle keeps the instance", "[lang][singleton]") {
    auto held = std::optional(Connection::hold("db://one"));
    auto copy = *held;
    CHECK(copy == *held);
    Connection::reset();
    CHECK(copy->url == "db://one");
    CHECK(Connection::instance("db://two").url == "db://two");
    held.reset();
    CHECK((*copy).url == "db://one");
    copy = Connection::hold();
    copy = *&copy;
    CHECK(copy->url == "db://two");
    Connection::reset();
}

TEST_CASE("singleton_of: of a class one does not own, told apart by a tag", "[lang][singleton]") {
    struct primes;
    auto& a = singleton_of<std::vector<int>>(3U, 7);
    auto& b = singleton_of<std::vector<int>, primes>();
    CHECK(a == std::vector{7, 7, 7});
    CHECK(b.empty());
    CHECK(&singleton_of<std::vector<int>>() == &a);
    CHECK(singleton_of<std::vector<int>>.exists());
    CHECK(singleton_of<std::vector<int>>.hold()->size() == 3);
    singleton_of<std::vector<int>>.reset();
    CHECK(!singleton_of<std::vector<int>>.exists());
    CHECK(singleton_of<std::vector<int>, primes>.exists());
    CHECK(singleton_of<int>(4) == 4);
    singleton_of<int>.reset();
    CHECK(singleton_of<int>() == 0);
    CHECK(singleton_of<int, void, sg::leaky>(1) == 0);  // how it lives does not tell it apart
    CHECK(message_of([] { singleton_of<std::reference_wrapper<int>>(); }).starts_with("TypeError: reference_wrapper.instance() needs arguments"));
    // A class derived from a singleton, in passing.
    struct Plain : Base {};
    CHECK(singleton_of<Plain>().number == 1);
    CHECK(!Base::exists());
}

namespace {
struct Session : singleton<Session, sg::per_context> {
    std::string user;
    explicit Session(std::string u = "nobody") : user(std::move(u)) {}
    ~Session() { events().push_back("~Session " + user); }
};
struct Cart : singleton<Cart, sg::per_context> {
    std::string owner = Session::instance().user;
    ~Cart() { events().push_back("~Cart of " + Session::instance().user); }
};
struct Loop : singleton<Loop, sg::per_context> {
    Loop() { instance(); }
};
}  // namespace

TEST_CASE("singleton: per context, with tear-down in reverse order of completion", "[lang][singleton]") {
    events().clear();
    Session& outside = Session::instance();
    {
        sg::context ada;
        sg::context bob;
        ada.run([] { Session::instance("Ada"); });
        CHECK(bob.run([](std::string const& name) { return Session::instance(name).user; }, "Bob") == "Bob");
        ada.run([&] {
            CHECK(Session::instance().user == "Ada");
            CHECK(Cart::instance().owner == "Ada");
            bob.run([] { CHECK(Session::instance().user == "Bob"); });
            CHECK(Session::hold()->user == "Ada");
            CHECK(message_of([&] { ada.run([] {}); }) == "RuntimeError: cannot enter context: it is already entered");
        });
        CHECK(&Session::instance() == &outside);
        CHECK(!Cart::exists());
        bob.run([] {
            Session::reset();
            CHECK(!Session::exists());
        });
    }
    CHECK(events() == std::vector<std::string>{"~Session Bob", "~Cart of Ada", "~Session Ada"});
    sg::context again;
    CHECK(message_of([&] { again.run([] { Loop::instance(); }); }).starts_with("RuntimeError: Loop.instance() is called again"));
    CHECK(message_of([&] { again.run([] { throw ValueError("out"); }); }) == "ValueError: out");
    CHECK(again.run([] { return Session::instance("later").user; }) == "later");
    CHECK(&Session::instance() == &outside);
    Session::reset();
}

namespace {
struct PerThread : singleton<PerThread, sg::per_thread> {
    int number;
    explicit PerThread(int n = 0) : number(n) {}
    ~PerThread();
};
struct Helper : singleton<Helper, sg::per_thread> {
    std::string name = "helper";
    ~Helper() { events().push_back("~Helper: " + message_of([] { PerThread::instance(); })); }
};
PerThread::~PerThread() { events().push_back("~PerThread " + std::to_string(number) + " with " + (Helper::exists() ? Helper::instance().name : "none")); }
}  // namespace

TEST_CASE("singleton: per thread, torn down when the thread ends", "[lang][singleton]") {
    events().clear();
    PerThread& here = PerThread::instance(1);
    Helper::instance();
    std::thread([&] {
        Helper::instance();
        PerThread& there = PerThread::instance(2);
        CHECK(&there != &here);
        CHECK(PerThread::instance().number == 2);
    }).join();
    CHECK(events() == std::vector<std::string>{"~PerThread 2 with helper", "~Helper: RuntimeError: PerThread is used after its tear-down"});
    CHECK(PerThread::instance().number == 1);
    auto held = PerThread::hold();
    PerThread::reset();
    CHECK(held->number == 1);
    CHECK(PerThread::instance(3).number == 3);
    PerThread::reset();
    Helper::reset();
}

// ---- exit

namespace {
int write_to = -1;
void tell(std::string_view what) { (void)!::write(write_to, what.data(), what.size()); }

struct Files : singleton<Files> {
    ~Files() { tell("~Files "); }
};
struct Database : singleton<Database> {
    Database() { Files::instance(); }
    ~Database() {
        Files::instance();
        tell("~Database ");
    }
};
struct Late : singleton<Late> {
    ~Late() { tell(message_of([] { Database::instance(); })), tell(" ~Late "); }
};
struct Forever : singleton<Forever, sg::leaky> {
    std::string name = "a name that is too long for the small buffer";
    ~Forever() { tell("never"); }
};
struct AtExit {
    ~AtExit() {
        tell(message_of([] { Files::instance(); }) + " " + std::to_string(Forever::instance().name.size()));
    }
};

/// What a child that runs `body` and exits tells.
std::string told_at_exit(auto const& body) {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    pid_t const child = ::fork();
    if (child == 0) {
        write_to = ends[1];
        body();
        std::exit(0);
    }
    ::close(ends[1]);
    std::string all;
    std::array<char, 256> part{};
    for (ssize_t n = 0; (n = ::read(ends[0], part.data(), part.size())) > 0;) all.append(part.data(), static_cast<std::size_t>(n));
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(status == 0);
    return all;
}
}  // namespace

TEST_CASE("singleton: tear-down at exit is in reverse order of completion", "[lang][singleton]") {
    CHECK(told_at_exit([] {
        static AtExit const first;
        Forever::instance();
        Database::instance();  // completes after Files
    }) == "~Database ~Files RuntimeError: Files is used after its tear-down 44");
}

TEST_CASE("singleton: one made anew after reset() is torn down in its new turn", "[lang][singleton]") {
    CHECK(told_at_exit([] {
        Files::instance();
        Late::instance();
        Files::reset();  // ~Files
        Files::instance();
    }) == "~Files ~Files RuntimeError: Files is used after its tear-down ~Late ");
}

TEST_CASE("singleton: what a destructor at exit would make is an error, or torn down in turn", "[lang][singleton]") {
    struct Maker {
        ~Maker() { Late::instance(); }
    };
    CHECK(told_at_exit([] {
        static Maker const maker;
        Database::instance();
        Database::reset();
    }) == "~Database ~Files RuntimeError: Database is used after its tear-down ~Late ");
}
