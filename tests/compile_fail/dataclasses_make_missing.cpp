// error: amphis: missing a required positional argument
// error: "age"
#include <amphis/dataclasses.hpp>

#include <string>

using namespace amphis::literals;

struct Person {
    std::string name{};
    int age{};
};

int main() {
#ifdef AMPHIS_OK
    return amphis::dataclasses::make<Person>("name"_k = "Alice", "age"_k = 30).age;
#else
    return amphis::dataclasses::make<Person>("name"_k = "Alice").age;
#endif
}
