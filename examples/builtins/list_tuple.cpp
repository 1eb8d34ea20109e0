// List or tuple: what can change, and what can be a key
#include <amphis/builtins.hpp>

#include <map>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

using amphis::hash, amphis::Hashable, amphis::len, amphis::print;

int main() {
    // --- A list can change
    std::vector<std::string> shopping = {"milk", "eggs"};
    shopping.push_back("bread");
    shopping[0] = "oat milk";
    print(shopping, len(shopping));

    // --- A tuple cannot
    auto const berlin = std::tuple{52.5, 13.4};
    if (!std::is_assignable_v<decltype(std::get<0>(berlin)), double>) {
        print("a tuple does not support item assignment");
    }
    auto const& [latitude, longitude] = berlin;
    print(berlin, latitude, len(berlin));

    // --- One element
    print(std::tuple{1}, std::vector{1}, std::tuple{});

    // --- What can change has no hash
    print("list:", Hashable<decltype(shopping)>, "tuple:", Hashable<decltype(berlin)>);

    // --- So a tuple can be a key
    std::map<std::tuple<double, double>, std::string> const cities{{{52.5, 13.4}, "Berlin"}, {{48.9, 2.4}, "Paris"}};
    print(cities.at(berlin));
    print(hash(std::tuple{1, 2}) == hash(std::tuple{1.0, 2.0}));

    // --- A tuple is only as constant as what it holds
    std::tuple pair{1, std::vector{2}};
    std::get<1>(pair).push_back(3);
    print(pair);
}
