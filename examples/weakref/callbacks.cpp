// Weak references: to know an object without keeping it alive
#include <amphis/builtins.hpp>
#include <amphis/gc.hpp>
#include <amphis/weakref.hpp>

#include <string>

namespace gc = amphis::gc;
namespace weakref = amphis::weakref;
using amphis::list, amphis::None, amphis::print, amphis::ReferenceError;

struct Image {
    std::string name{};
    gc::ptr<Image> next{};
};

int main() {
    // --- A reference, and a function that is told
    auto logo = gc::make<Image>("logo");
    auto w = weakref::ref(logo);
    auto told = weakref::ref(logo, [](auto const& gone) { print("gone:", gone() == nullptr); });
    print(w()->name, w() == logo, weakref::ref(logo).is(w));
    logo = nullptr;
    if (!w()) print(None);

    // --- A proxy is used like the object
    auto icon = gc::make<Image>("icon");
    auto p = weakref::proxy(icon);
    print(p->name);
    icon = nullptr;
    try {
        print(p->name);
    } catch (ReferenceError const& e) {
        print("ReferenceError:", e);
    }

    // --- A cache of what others hold
    weakref::WeakValueDictionary<std::string, Image> images;
    auto load = [&](std::string const& name) {
        auto image = images.get(name);
        if (!image) images[name] = image = gc::make<Image>(name);
        return image;
    };
    auto first = load("a"), second = load("b");
    print(load("a") == first, list(images.keys()));
    first = nullptr;
    print(list(images.keys()));

    // --- A cleanup, also of what is in a cycle
    auto photo = gc::make<Image>("photo");
    photo->next = photo;
    auto cleanup = weakref::finalize(photo, print, "photo is gone");
    photo = nullptr;
    print(cleanup.alive());
    gc::collect();
    print(cleanup.alive());
}
