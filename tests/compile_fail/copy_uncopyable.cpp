// error: amphis: un\(deep\)copyable object: its class cannot be copied; give it a member `T deepcopy\(copy::memo&\) const`, or `T copy\(\) const`
#include <amphis/copy.hpp>

struct Handle {
    Handle() = default;
    Handle(Handle&&) = default;
#ifdef AMPHIS_OK
    Handle deepcopy() const { return {}; }
#endif
};

int main() {
    Handle const h;
    static_cast<void>(amphis::copy::deepcopy(h));
}
