// error: amphis: the collector cannot see what is behind a std::unique_ptr<T\[\]>, because it does not know how many there are: hold a std::vector<T>
#include <amphis/gc.hpp>

#include <memory>
#include <vector>

struct Node {
#ifdef AMPHIS_OK
    std::vector<amphis::gc::ptr<Node>> items{};
#else
    std::unique_ptr<amphis::gc::ptr<Node>[]> items{};
#endif
};

int main() { static_cast<void>(amphis::gc::make<Node>()); }
