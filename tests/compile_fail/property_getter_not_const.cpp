// error: amphis: the attribute's getter is not const: make it const, or print c.x.get\(\)
#include <amphis/builtins/print.hpp>
#include <amphis/lang/property.hpp>

struct Counter {
    int reads = 0;
    int next() { return ++reads; }
    [[no_unique_address]] amphis::property<"count", &Counter::next> count{};
};

int main() {
    Counter c;
#ifdef AMPHIS_OK
    amphis::print(c.count.get());
#else
    amphis::print(c.count);
#endif
}
