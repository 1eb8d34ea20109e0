// SPDX-License-Identifier: MIT
// gc/shared: a copy and a drop of a pointer, beside an intrusive pointer that counts without and with atomic instructions.
#include <amphis/gc/shared.hpp>

#include "gate.hpp"

#include <utility>

namespace {

namespace gc = amphis::gc;

/// By hand: the count is a member of the object.
template <class T, bool Atomic>
class intrusive {
public:
    explicit intrusive(T* object) : object_(object) {}
    intrusive(intrusive const& other) : object_(other.object_) {
        if (object_ == nullptr) return;
        if constexpr (Atomic) {
            __atomic_fetch_add(&object_->count, 1U, __ATOMIC_RELAXED);
        } else {
            ++object_->count;
        }
    }
    intrusive(intrusive&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
    intrusive& operator=(intrusive const&) = delete;
    ~intrusive() {
        if (object_ == nullptr) return;
        if constexpr (Atomic) {
            if (__atomic_fetch_sub(&object_->count, 1U, __ATOMIC_ACQ_REL) == 1) delete object_;
        } else {
            if (--object_->count == 0) delete object_;
        }
    }
    [[nodiscard]] T* get() const { return object_; }

private:
    T* object_;
};
struct Hand {
    unsigned count = 1;
    long value = 2;
};
struct Node {
    long value = 2;
};

template <class P>
[[gnu::noinline]] void copy_and_drop(gates::state& state, P const& pointer) {
    for (auto _ : state) {
        P const copy = *opaque(&pointer);
        keep(copy.get());
    }
}

}  // namespace

GATE("gc_shared/intrusive_by_hand/copy_and_drop", reference()) { copy_and_drop(state, intrusive<Hand, false>(new Hand)); }
GATE("gc_shared/atomic_intrusive_by_hand/copy_and_drop", reference()) { copy_and_drop(state, intrusive<Hand, true>(new Hand)); }
// Whose object it is: a load, a comparison with a variable of the thread, a jump; for the copy and for the drop.
GATE("gc_shared/biased_ptr/copy_and_drop", no_more_than("gc_shared/intrusive_by_hand/copy_and_drop", +6)) {
    copy_and_drop(state, gc::make_biased<Node>());
}
// The drop looks first whether it is the last: a load, a comparison, a jump, and where the header is.
GATE("gc_shared/atomic_ptr/copy_and_drop", no_more_than("gc_shared/atomic_intrusive_by_hand/copy_and_drop", +5)) {
    copy_and_drop(state, gc::make_atomic<Node>());
}
GATE("gc_shared/new_and_delete/make_and_drop", reference()) {
    for (auto _ : state) {
        Node* const node = new Node;
        keep(node);
        delete node;
    }
}
GATE("gc_shared/biased_ptr/make_and_drop", no_more_than("gc_shared/new_and_delete/make_and_drop", +80)) {
    for (auto _ : state) keep(gc::make_biased<Node>().get());
}
GATE("gc_shared/atomic_ptr/make_and_drop", no_more_than("gc_shared/new_and_delete/make_and_drop", +55)) {
    for (auto _ : state) keep(gc::make_atomic<Node>().get());
}
