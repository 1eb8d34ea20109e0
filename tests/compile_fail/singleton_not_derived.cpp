// error: amphis: singleton: derive the class from singleton of itself
// SPDX-License-Identifier: MIT
// The singleton of another class.
#include <amphis/lang/singleton.hpp>

struct Other {};
#ifdef AMPHIS_OK
struct Config : amphis::singleton<Config> {};
#else
struct Config : amphis::singleton<Other> {};
#endif
int main() { return &Config::instance() == nullptr; }
