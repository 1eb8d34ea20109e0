// SPDX-License-Identifier: MIT
// singleton: an access after the first, beside a global variable and the static of a function.
#include <amphis/lang/singleton.hpp>

#include "gate.hpp"

namespace {

namespace sg = amphis::singletons;

/// The value is loaded into a register, as by code that computes with it.
template <class T>
void use(T const& value) {
    asm volatile("" : : "r"(value) : "memory");
}

struct plain {
    int value = 1;
    int other = 2;
};
constinit plain global;

/// With a constructor that runs, as a connection's does: the compiler guards it.
struct counted {
    int value;
    counted() : value(opaque(1)) {}
};
counted& function_local_static() {
    static counted instance;
    return instance;
}

struct single : amphis::singleton<single> {
    int value = 1;
    explicit single(int v) : value(v) {}
};
struct strict : amphis::singleton<strict, sg::strict> {
    int value = 1;
};
struct leaky : amphis::singleton<leaky, sg::leaky> {
    int value = 1;
};
struct of_thread : amphis::singleton<of_thread, sg::per_thread> {
    int value = 1;
};
struct of_context : amphis::singleton<of_context, sg::per_context> {
    int value = 1;
};

}  // namespace

GATE("singleton/global/access", reference()) {
    use(&global);  // the compiler does not know its value
    for (auto _ : state) use(global.value);
}
GATE("singleton/function_local_static/access", reference()) {
    use(function_local_static().value);
    for (auto _ : state) use(function_local_static().value);
}
GATE("singleton/singleton/access", no_more_than("singleton/global/access", +3)) {
    single::instance(1);
    for (auto _ : state) use(single::instance().value);
}
GATE("singleton/singleton_beside_static/access", no_more_than("singleton/function_local_static/access")) {
    single::instance(1);
    for (auto _ : state) use(single::instance().value);
}
GATE("singleton/singleton_with_arguments/access", no_more_than("singleton/global/access", +5)) {
    single::instance(1);
    int n = 0;
    for (auto _ : state) use(single::instance(n++).value);
}
GATE("singleton/singleton_strict/access", no_more_than("singleton/global/access", +3)) {
    strict::instance();
    for (auto _ : state) use(strict::instance().value);
}
GATE("singleton/singleton_leaky/access", no_more_than("singleton/global/access", +3)) {
    leaky::instance();
    for (auto _ : state) use(leaky::instance().value);
}
GATE("singleton/singleton_of/access", no_more_than("singleton/global/access", +3)) {
    amphis::singleton_of<plain>();
    for (auto _ : state) use(amphis::singleton_of<plain>().value);
}
GATE("singleton/singleton_per_thread/access", no_more_than("singleton/global/access", +3)) {
    of_thread::instance();
    for (auto _ : state) use(of_thread::instance().value);
}
GATE("singleton/singleton_per_context/access", no_more_than("singleton/global/access", +7)) {
    of_context::instance();
    for (auto _ : state) use(of_context::instance().value);
}
