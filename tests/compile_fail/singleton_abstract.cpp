// error: amphis: singleton: an abstract class has no instance
// SPDX-License-Identifier: MIT
#include <amphis/lang/singleton.hpp>

struct Service : amphis::singleton<Service> {
    virtual ~Service() = default;
#ifdef AMPHIS_OK
    virtual int port() const { return 80; }
#else
    virtual int port() const = 0;
#endif
};
int main() { return Service::instance().port(); }
