// error: amphis: weakref::finalize\(object, fn, args...\): fn cannot be called with these arguments
#include <amphis/gc.hpp>
#include <amphis/weakref.hpp>

struct Session {
    int n = 0;
};

int main() {
    auto const session = amphis::gc::make<Session>();
#ifdef AMPHIS_OK
    amphis::weakref::finalize(session, [](int) {}, 1);
#else
    amphis::weakref::finalize(session, [](int) {}, "text");
#endif
}
