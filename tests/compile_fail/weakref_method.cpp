// error: amphis: weakref::WeakMethod takes an object and a member function: WeakMethod\(panel, &Panel::redraw\)
#include <amphis/gc.hpp>
#include <amphis/weakref.hpp>

struct Panel {
    void redraw() {}
};

int main() {
    auto const panel = amphis::gc::make<Panel>();
#ifdef AMPHIS_OK
    amphis::weakref::WeakMethod const m(panel, &Panel::redraw);
    if (auto redraw = m()) redraw();
#else
    amphis::weakref::WeakMethod const m(panel, [] {});
#endif
}
