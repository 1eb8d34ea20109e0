// snapshot: which line allocates most, and which lines grow (needs -g)
#include <amphis/builtins.hpp>
#include <amphis/tracemalloc.hpp>

#include <string>
#include <utility>
#include <vector>

namespace tracemalloc = amphis::tracemalloc;
using amphis::print, amphis::slice;

// --- A library that keeps too much
struct Library {
    std::vector<std::string> pages{};
    std::vector<std::string> log{};

    void read() {
        std::string page(10'000, ' ');  // a page
        pages.push_back(std::move(page));
    }
    void note() {
        std::string entry(500, ' ');  // a note
        log.push_back(std::move(entry));
    }
};

// --- What is printed of a line, in round numbers, is the same in both languages
void show(auto const& stat) {
    auto const text = stat.traceback().format().back();
    print(text.substr(text.find("// ") + 3), stat.size() / 10'000, stat.count() / 10);
}

int main() {
    // --- Which lines allocated most?
    tracemalloc::start();
    Library library;
    for (int i = 0; i < 100; ++i) library.read();
    for (int i = 0; i < 60; ++i) library.note();
    auto const before = tracemalloc::take_snapshot();
    for (auto const& stat : slice(before.statistics("lineno"), 2)) show(stat);

    // --- What has grown since then?
    for (int i = 0; i < 50; ++i) library.read();
    library.log.resize(10);
    auto const after = tracemalloc::take_snapshot();
    for (auto const& stat : slice(after.compare_to(before, "lineno"), 2)) {
        show(stat);
        print(amphis::floordiv(stat.size_diff(), 10'000), stat.count_diff() / 10);
    }

    // --- How much is there now, and how much was there at most?
    library.pages.clear();
    auto const [current, peak] = tracemalloc::get_traced_memory();
    print(current < 100'000, peak > 1'500'000);
    tracemalloc::stop();
    print(tracemalloc::is_tracing(), tracemalloc::get_traced_memory());
}
