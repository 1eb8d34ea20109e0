// forms: one instance of each derived class, in each thread, in each context
#include <amphis/builtins.hpp>
#include <amphis/lang/exceptions.hpp>
#include <amphis/lang/singleton.hpp>

#include <thread>

namespace singletons = amphis::singletons;
using amphis::print, amphis::singleton;

struct Config : singleton<Config> {};
struct TestConfig : singleton<TestConfig, singletons::extends<Config>> {};

struct Counter : singleton<Counter, singletons::per_thread> {
    int count = 0;
};
struct Session : singleton<Session, singletons::per_context> {
    std::string user = "nobody";
};

int main() {
    // --- Each derived class has its own
    Config* const test = &TestConfig::instance();
    print(test == &Config::instance(), test == &TestConfig::instance());

    // --- Each thread has its own
    auto const work = [] {
        Counter::instance().count += 1;
        print("in the thread", Counter::instance().count);
    };
    Counter::instance().count += 2;
    std::thread(work).join();
    print("here", Counter::instance().count);

    // --- Each context has its own
    auto const log_in = [](std::string const& user) { Session::instance().user = user; };
    singletons::context request;
    request.run(log_in, "Ada");
    print(request.run([] { return Session::instance().user; }), Session::instance().user);
    try {
        request.run([&] { request.run(log_in, "Bob"); });
    } catch (amphis::RuntimeError const& e) {
        print("RuntimeError:", amphis::slice(std::string(e.what()), 0, 20));
    }
}
