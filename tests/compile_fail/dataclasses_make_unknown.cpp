// error: amphis: got an unexpected keyword argument
// error: "agge"
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
    return amphis::dataclasses::make<Person>("name"_k = "Alice", "agge"_k = 30).age;
#endif
}
