// error: amphis: unhashable type: 'list'
// error: amphis: unhashable type: 'dict'
// error: amphis: unhashable type: 'set'
// error: amphis: unhashable type: give it a member hash\(\)
// error: std::vector<int
// SPDX-License-Identifier: MIT
// What has no hash, because it can change.
#include <amphis/builtins/numbers.hpp>

#include <array>
#include <map>
#include <set>
#include <tuple>
#include <vector>

struct plain {};

int main() {
#ifdef AMPHIS_OK
    return amphis::hash(std::array{1, 2}) == amphis::hash(std::tuple{1, 2}) ? 0 : 1;
#else
    return static_cast<int>(amphis::hash(std::vector{1, 2}) + amphis::hash(std::map<int, int>()) + amphis::hash(std::set<int>()) +
                            amphis::hash(plain()) + amphis::hash(std::tuple{std::vector{1}}));
#endif
}
