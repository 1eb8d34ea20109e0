// error: amphis: this type has no repr
#include <amphis/builtins/print.hpp>
#include <amphis/dataclasses.hpp>

class Opaque {
public:
    Opaque() {}

private:
    int hidden_ = 0;
};
struct Holder {
#ifdef AMPHIS_OK
    int value{};
#else
    Opaque value{};
#endif
};

int main() { amphis::print(Holder()); }
