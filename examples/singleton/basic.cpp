// singleton: one instance of a class, of each derived class, and of a class one does not own
#include <amphis/builtins.hpp>
#include <amphis/lang/singleton.hpp>

using amphis::print, amphis::singleton, amphis::singleton_of;

struct Config : singleton<Config> {
    int verbosity = 0;
};
struct TestConfig : singleton<TestConfig, amphis::singletons::extends<Config>> {};

struct Files : singleton<Files> {
    ~Files() { print("files closed"); }
};
struct Database : singleton<Database> {
    Database() { Files::instance(); }  // needs the files, which are complete first
    ~Database() { print("database closed"); }
};

int main() {
    // --- A class with one instance
    Config::instance().verbosity = 2;
    print(Config::instance().verbosity, &Config::instance() == &Config::instance());

    // --- Each derived class has an instance of its own
    print(&TestConfig::instance() == &Config::instance(), &TestConfig::instance() == &TestConfig::instance());

    // --- Of a class one does not own
    auto const& the_primes = singleton_of<std::vector<int>, struct primes>;
    the_primes(std::initializer_list<int>{2, 3, 5}).push_back(7);
    print(the_primes());

    // --- Tear-down at exit, in the reverse order of completion
    Database::instance();
    print("the program ends");
}
