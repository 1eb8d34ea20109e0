// error: amphis: contextmanager: a manager is made anew for each call, which needs arguments that can be copied
// SPDX-License-Identifier: MIT
// A decorator that would need its argument for every call.
#include <amphis/contextlib.hpp>

#include <memory>

int main() {
    auto const own = amphis::contextlib::contextmanager(
        [](std::unique_ptr<int> const& p) -> amphis::generator<int, amphis::none_t> { co_yield *p; });
    auto const one = std::make_unique<int>(1);
#ifdef AMPHIS_OK
    auto const f = own(one) | [] {};
#else
    auto const f = own(std::make_unique<int>(1)) | [] {};
#endif
    static_cast<void>(f);
}
