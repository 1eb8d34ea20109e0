// error: amphis: property of object has no getter
#include <amphis/lang/property.hpp>

struct Secret {
    int value = 0;
    void set(int v) { value = v; }
    [[no_unique_address]] amphis::property<"password", nullptr, &Secret::set> password{};
};

int main() {
    Secret s;
    s.password = 1;
#ifdef AMPHIS_OK
    return s.value;
#else
    return s.password.get();
#endif
}
