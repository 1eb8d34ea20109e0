// error: amphis: a dataclass holds values: a field is a reference; hold a pointer or a std::reference_wrapper
#include <amphis/dataclasses.hpp>

struct Holder {
#ifdef AMPHIS_OK
    int* value{};
#else
    int& value;
#endif
    int other{};
};

int main() {
    int n = 1;
#ifdef AMPHIS_OK
    Holder const h{&n};
#else
    Holder const h{n};
#endif
    return amphis::dataclasses::eq(h, h) ? 0 : 1;
}
