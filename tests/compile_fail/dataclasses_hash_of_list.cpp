// error: amphis: unhashable type: 'list': its elements can change; use a tuple or a std::array
#include <amphis/dataclasses.hpp>

#include <array>
#include <vector>

struct Row {
#ifdef AMPHIS_OK
    std::array<int, 2> cells{};
#else
    std::vector<int> cells{};
#endif
};

int main() { return amphis::dataclasses::hash(Row{{1, 2}}) != 0 ? 0 : 1; }
