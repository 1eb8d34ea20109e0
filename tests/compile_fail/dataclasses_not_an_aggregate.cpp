// error: amphis: a dataclass is an aggregate: a struct with public fields and no constructors
#include <amphis/dataclasses.hpp>

struct Person {
#ifndef AMPHIS_OK
    explicit Person(int a) : age(a) {}
#endif
    int age{};
};

int main() {
    Person const p{3};
    return amphis::dataclasses::eq(p, p) ? 0 : 1;
}
