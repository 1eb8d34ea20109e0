// error: no matching function for call to|call to deleted constructor|no matching constructor
#include <amphis/lang/descriptor.hpp>

struct Person {
    amphis::attribute<"age", int, amphis::in_range<18, 150>> age;
};

int main() {
#ifdef AMPHIS_OK
    Person p{30};
#else
    amphis::attribute<"age", int, amphis::in_range<18, 150>> age;  // 0 is not in the range
    Person p{30};
#endif
    return p.age;
}
