// database_connection: a thread-safe singleton
#include <amphis/builtins.hpp>
#include <amphis/lang/exceptions.hpp>
#include <amphis/lang/singleton.hpp>

#include <array>
#include <set>
#include <thread>

using amphis::len, amphis::print, amphis::ValueError;

// --- A class with one instance
struct DatabaseConnection : amphis::singleton<DatabaseConnection> {
    std::string url;
    explicit DatabaseConnection(std::string u) : url(std::move(u)) { print("connecting to", url); }
};
struct Cache : amphis::singleton<Cache> {
    int size;
    explicit Cache(int s) : size(s) {
        if (s < 0) throw ValueError("size must not be negative");
    }
};
struct Counter : amphis::singleton<Counter> {
    Counter() { print("constructed once"); }
};

int main() {
    // --- The first call constructs; later arguments are ignored
    auto& a = DatabaseConnection::instance("db://one");
    auto& b = DatabaseConnection::instance("db://two");
    print(&a == &b, b.url);

    // --- A constructor that raises lets the next call try again
    try {
        Cache::instance(-1);
    } catch (ValueError const& e) {
        print("ValueError:", e);
    }
    print(Cache::instance(16).size);
    print(Cache::instance(32).size);

    // --- Many threads, one construction
    std::array<Counter*, 8> found{};
    std::array<std::thread, 8> threads;
    for (std::size_t i = 0; i != 8; ++i) threads[i] = std::thread([&, i] { found[i] = &Counter::instance(); });
    for (auto& t : threads) t.join();
    std::set<Counter*> const seen(found.begin(), found.end());
    print(len(seen));
}
