// SPDX-License-Identifier: MIT
// An access to a singleton after the first, beside a global variable, the static of a function, std::call_once, a mutex, and a mutex with
// a map of types to instances, which is what Python's metaclass does; alone, and from two threads at once. Nanoseconds an access.
// Ours: singleton, singleton_of, singleton_per_thread, singleton_per_context, singleton_hold
#include <amphis/lang/singleton.hpp>

#include <benchmark/benchmark.h>

#include <memory>
#include <mutex>
#include <typeindex>
#include <typeinfo>
#include <unordered_map>

namespace {

namespace sg = amphis::singletons;

struct connection {
    int port = 5432;
    connection() { benchmark::DoNotOptimize(port); }
};
connection global;

struct single : amphis::singleton<single>, connection {};
struct of_thread : amphis::singleton<of_thread, sg::per_thread>, connection {};
struct of_context : amphis::singleton<of_context, sg::per_context>, connection {};

connection& function_local_static() {
    static connection instance;
    return instance;
}

connection& call_once() {
    static std::once_flag once;
    static connection* instance = nullptr;
    std::call_once(once, [] {
        static connection made;
        instance = &made;
    });
    return *instance;
}

connection& naive_mutex() {
    static std::mutex mutex;
    static std::unique_ptr<connection> instance;
    std::lock_guard const guard(mutex);
    if (!instance) instance = std::make_unique<connection>();
    return *instance;
}

/// SingletonMeta: one lock, one dict.
struct naive_mutex_map {
    static inline std::mutex mutex;
    static inline std::unordered_map<std::type_index, std::shared_ptr<void>> instances;

    template <class T>
    static std::shared_ptr<T> get() {
        std::lock_guard const guard(mutex);
        auto found = instances.find(typeid(T));
        if (found == instances.end()) found = instances.emplace(typeid(T), std::make_shared<T>()).first;
        return std::static_pointer_cast<T>(found->second);
    }
};

template <class Get>
void access(benchmark::State& state, Get const& get) {
    benchmark::DoNotOptimize(get());
    for (auto _ : state) {
        for (int i = 0; i != 16; ++i) {  // so that the loop of the benchmark does not count
            benchmark::DoNotOptimize(get());
            benchmark::ClobberMemory();
        }
    }
    state.SetItemsProcessed(16 * state.iterations());
}

#define ACCESS(name, ...)                                                                             \
    void name##_access(benchmark::State& state) { access(state, [] { return __VA_ARGS__; }); }       \
    BENCHMARK(name##_access)->Name("singleton/" #name "/access");                                     \
    BENCHMARK(name##_access)->Name("singleton/" #name "/access_two_threads")->Threads(2)->UseRealTime();

ACCESS(singleton, single::instance().port)
ACCESS(singleton_of, amphis::singleton_of<connection>().port)
ACCESS(singleton_per_thread, of_thread::instance().port)
ACCESS(singleton_per_context, of_context::instance().port)
ACCESS(singleton_hold, single::hold()->port)
ACCESS(global, global.port)
ACCESS(function_local_static, function_local_static().port)
ACCESS(std_call_once, call_once().port)
ACCESS(naive_mutex, naive_mutex().port)
ACCESS(naive_mutex_map, naive_mutex_map::get<connection>()->port)

}  // namespace
