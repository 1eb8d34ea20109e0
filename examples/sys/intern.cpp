// sys.intern: one object for all texts that are equal, so that == can be is
#include <amphis/builtins.hpp>
#include <amphis/sys/intern.hpp>

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace sys = amphis::sys;
using amphis::hash, amphis::len, amphis::print, amphis::repr, std::string;

auto how_many_objects(auto const& texts) {
    std::set<void const*> addresses;
    for (auto const& text : texts) addresses.insert(text.data());
    return addresses.size();
}

int main() {
    // --- Equal texts are two objects, and interned they are one
    string const a = string("col") + "or", b = string("co") + "lor";
    print(a == b, a.data() == b.data());
    print(sys::intern(a).data() == sys::intern(b).data());

    // --- What is interned comes back as it is
    auto const color = sys::intern("color");
    print(sys::intern(color).data() == color.data(), sys::intern(a) == color);  // == of two interned: the addresses

    // --- It is a text like any other
    print(color, repr(color), len(color), string(color) + "s", color < "colour", color == a);
    print(hash(color) == hash(a));

    // --- A column of a table: a thousand cells, two texts
    std::vector<string> cells;
    for (int i = 0; i < 1000; ++i) cells.emplace_back(i % 3 != 0 ? "green" : "red");
    print(cells.size(), how_many_objects(cells));
    std::vector<sys::interned> column;
    for (string const& cell : cells) column.push_back(sys::intern(cell));
    print(column.size(), how_many_objects(column));

    // --- Keys that are found by their identity
    std::unordered_map<sys::interned, int> count;
    for (sys::interned const& cell : column) ++count[cell];
    print(count[sys::intern("red")], count[sys::intern("green")]);
}
