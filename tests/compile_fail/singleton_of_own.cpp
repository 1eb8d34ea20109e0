// error: amphis: singleton_of: the class is a singleton already: call its instance\(\)
// SPDX-License-Identifier: MIT
#include <amphis/lang/singleton.hpp>

struct Config : amphis::singleton<Config> {};
int main() {
#ifdef AMPHIS_OK
    return &Config::instance() == nullptr;
#else
    return &amphis::singleton_of<Config>() == nullptr;
#endif
}
