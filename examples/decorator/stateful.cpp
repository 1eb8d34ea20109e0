// Decorators with state: a class keeps it between the calls
#include <amphis/builtins.hpp>
#include <amphis/lang/decorator.hpp>
#include <amphis/lang/function.hpp>

#include <map>
#include <string>
#include <vector>

using amphis::def, amphis::print;
using namespace amphis::literals;

// --- A class that counts
struct CountCalls {
    int calls = 0;

    decltype(auto) operator()(auto& fn, auto&&... args) {
        ++calls;
        return fn(std::forward<decltype(args)>(args)...);
    }
};

int main() {
    // --- The decorated function is an object of the class
    auto greet = amphis::around(CountCalls{}) | def<"name">([](std::string const& name) { return "Hello, " + name; }).named("greet");
    auto const ada = greet("Ada");
    print(ada, greet("Grace"), "sep"_k = "; ");
    print(greet.calls, "calls of", greet.name());

    // --- Each function has state of its own
    auto square = amphis::around(CountCalls{}) | [](int x) { return x * x; };
    auto const nine = square(3);
    print(nine, square.calls, greet.calls);

    // --- State counts calls that raise, too
    auto divide = amphis::around(CountCalls{}) | amphis::floordiv;
    try {
        divide(1, 0);
    } catch (amphis::ZeroDivisionError const& error) {
        print("ZeroDivisionError:", error);
    }
    print(divide.calls);

    // --- State shared by functions: a registry
    std::map<std::string, std::string (*)()> handlers;
    auto const route = [&handlers](std::string const& path) {
        return amphis::decorator{[&handlers, path](auto fn) {
            handlers[path] = fn;
            return fn;
        }};
    };
    auto const index = route("/") | [] { return std::string("the index"); };
    [[maybe_unused]] auto const about = route("/about") | [] { return std::string("who we are"); };
    std::vector<std::string> paths;
    for (auto const& [path, handler] : handlers) paths.push_back(path);
    print(paths, handlers.at("/about")(), index());
}
