// print: any values, what stands between them, and where they go
#include <amphis/builtins.hpp>

#include <map>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

using amphis::len, amphis::None, amphis::print, amphis::repr;
using namespace amphis::literals;

int main() {
    // --- Any number of values, of any type
    print("pi is about", 3.14159, true, None);
    using value = std::variant<int, double, std::string>;
    print(std::vector<value>{1, 2.0, "three"}, std::map<char, std::pair<int, int>>{{'a', {1, 2}}}, std::set{3});
    print();

    // --- What stands between, and at the end
    print(2024, 2, 29, "sep"_k = "-");
    print("no newline", "end"_k = "; ");
    print("then one");
    print("a", "b", "sep"_k = None, "end"_k = None);

    // --- Where it goes
    std::ostringstream memo;
    print("kept", 1, 2, "file"_k = memo, "flush"_k = true);
    print(repr(memo.str()));

    // --- Text is text: characters, not bytes
    std::string const word = "café";
    print(word, len(word), "caf\xc3\xa9"_b);

    // --- Formatted
    auto const name = "cache";
    auto const ratio = 0.98765;
    print("{:>8}|{:.1%}|{:,}"_f(name, ratio, 1234567));
}
