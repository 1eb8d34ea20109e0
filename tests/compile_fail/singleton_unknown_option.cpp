// error: amphis: singleton: the options are strict, leaky, per_thread, per_context and extends<Base>
// SPDX-License-Identifier: MIT
#include <amphis/lang/singleton.hpp>

struct lazy {};
#ifdef AMPHIS_OK
struct Config : amphis::singleton<Config, amphis::singletons::strict> {};
#else
struct Config : amphis::singleton<Config, lazy> {};
#endif
int main() { return &Config::instance() == nullptr; }
