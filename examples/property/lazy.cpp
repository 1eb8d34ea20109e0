// lazy attributes: computed at each read, or once
#include <amphis/builtins.hpp>
#include <amphis/functools.hpp>
#include <amphis/lang/property.hpp>

#include <utility>
#include <vector>

using amphis::print;

// --- Nothing is computed when the object is made
class Report {
    long long add_up() const {
        print("adding up");
        return amphis::sum(lines);
    }
    int find_longest() const {
        print("looking for the longest");
        return amphis::max(lines);
    }

public:
    explicit Report(std::vector<int> l) : lines(std::move(l)) {}

    std::vector<int> lines;
    [[no_unique_address]] amphis::property<"total", &Report::add_up> total;
    amphis::functools::cached_property<&Report::find_longest> longest{this};
};

int main() {
    Report r({3, 1, 2});

    // --- A property computes at each read, and is never out of date
    print(r.total);
    r.lines.push_back(4);
    print(r.total);

    // --- A cached_property computes once, and keeps what it found
    print(r.longest);
    r.lines.push_back(9);
    print(r.longest);
    r.longest.del();
    print(r.longest);
}
