// error: amphis: singleton: choose one of leaky, per_thread and per_context
// SPDX-License-Identifier: MIT
#include <amphis/lang/singleton.hpp>

namespace sg = amphis::singletons;
#ifdef AMPHIS_OK
struct Config : amphis::singleton<Config, sg::per_thread> {};
#else
struct Config : amphis::singleton<Config, sg::per_thread, sg::leaky> {};
#endif
int main() { return &Config::instance() == nullptr; }
