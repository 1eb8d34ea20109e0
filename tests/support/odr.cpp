// SPDX-License-Identifier: MIT
// The second translation unit of every test program: all of amphis, and a use of each kind of entity, so that a
// definition which is not inline, or is another one in another unit, shows when the program is linked.
#include <amphis/amphis.hpp>

#include <map>
#include <string>
#include <vector>

namespace amphis_odr {

// Never called: linking is the test.
int second_unit();
int second_unit() {
    namespace ft = amphis::functools;
    using namespace amphis::literals;
    auto fib = ft::lru_cache<ft::unbounded>([](auto& self, int n) -> long { return n < 2 ? n : self(n - 1) + self(n - 2); });
    auto multiply = amphis::def<"x", "y">([](int x, int y) { return x * y; });
    try {
        amphis::print(fib(10), multiply(2, "y"_k = 3), amphis::None, "sep"_k = ", ");
        amphis::print("{:>8}|{:.4f}|{n:#x}"_f("py", 3.14159, "n"_k = 255), amphis::divmod(-7, 2));
    } catch (amphis::ZeroDivisionError const& error) {
        return static_cast<int>(amphis::repr(error).size());
    }
    return static_cast<int>(amphis::repr(std::map<std::string, std::vector<int>>{{"a", {1, 2}}}).size());
}

}  // namespace amphis_odr
