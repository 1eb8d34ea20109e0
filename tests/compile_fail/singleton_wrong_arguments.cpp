// error: amphis: singleton: the class has no constructor that takes these arguments
// SPDX-License-Identifier: MIT
#include <amphis/lang/singleton.hpp>

struct Config : amphis::singleton<Config> {
    explicit Config(int level) : level_(level) {}
    int level_;
};
int main() {
#ifdef AMPHIS_OK
    return Config::instance(3).level_;
#else
    return Config::instance("three").level_;
#endif
}
