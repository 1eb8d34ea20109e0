// error: amphis: the collector cannot see which gc pointers this class holds: give it a public member `void traverse
#include <amphis/gc.hpp>

struct Node {
    amphis::gc::ptr<Node> next{};
#ifdef AMPHIS_OK
    amphis::gc::ptr<Node>* other = &next;
#else
    amphis::gc::ptr<Node>& other = next;
#endif
};

int main() { static_cast<void>(amphis::gc::make<Node>()); }
