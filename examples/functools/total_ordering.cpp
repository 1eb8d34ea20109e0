// total_ordering: the other comparisons from == and one of < <= > >=
#include <amphis/builtins.hpp>
#include <amphis/functools.hpp>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

using amphis::print;

// --- The class
struct Version : amphis::functools::total_ordering {
    std::vector<int> parts;

    explicit Version(std::string const& text) {
        std::istringstream in(text);
        for (std::string part; std::getline(in, part, '.');) parts.push_back(std::stoi(part));
    }

    friend bool operator==(Version const& a, Version const& b) { return a.parts == b.parts; }
    friend bool operator<(Version const& a, Version const& b) { return a.parts < b.parts; }
};

int main() {
    // --- Two are written, six work
    Version const old("3.9");
    Version const young("3.11");
    print(old < young, old <= young, old > young, old >= young, old == young, old != young);

    // --- Equal values are neither less nor greater
    Version const same("3.9");
    print(old <= same, old >= same, old < same, old > same);

    // --- So they sort, and have a smallest and a greatest
    std::vector<Version> versions{Version("3.10"), Version("2.7"), Version("3.9")};
    std::ranges::sort(versions);
    std::vector<std::vector<int>> sorted;
    for (Version const& v : versions) sorted.push_back(v.parts);
    print(sorted, std::ranges::max(versions).parts);

    // --- Nothing to start from is an error
    print("refused: must define at least one ordering operation: < > <= >=");  // by the compiler, in these words
}
