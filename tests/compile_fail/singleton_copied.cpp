// error: deleted
// SPDX-License-Identifier: MIT
// There is one object: `auto` without & would make another.
#include <amphis/lang/singleton.hpp>

struct Config : amphis::singleton<Config> {
    int level = 1;
};
int main() {
#ifdef AMPHIS_OK
    auto& config = Config::instance();
#else
    auto config = Config::instance();
#endif
    return config.level;
}
