// error: amphis: a dataclass has no base class with fields: hold the other object as a field
#include <amphis/dataclasses.hpp>

#ifdef AMPHIS_OK
struct Base {};
#else
struct Base {
    int x{};
};
#endif
struct Derived : Base {
    int y{};
};

int main() {
    Derived const d{};
    return amphis::dataclasses::eq(d, d) ? 0 : 1;
}
