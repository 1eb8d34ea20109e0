// SPDX-License-Identifier: MIT
// objgraph: who is on the heap, what has grown, and what keeps an object alive; for hunting leaks.
// Python: objgraph.readthedocs.io, which does this for the gc module.
//
//     objgraph::growth();                              // from here on
//     work();
//     print(objgraph::growth());                       // [('Session', 12, 12)]: total, and more than before
//     print(objgraph::path_to(session));               // Server.sessions['ann'] -> Session
//     print(objgraph::cycle_of(node));                 // Node.next -> Node.children[3] -> Node
#ifndef AMPHIS_OBJGRAPH_HPP
#define AMPHIS_OBJGRAPH_HPP

#include <amphis/config.hpp>
#include <amphis/gc.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace amphis::inline v0 {
namespace detail::objgraph {

namespace memory = amphis::detail::gc;

/// An object, and the field of it that leads to the next one of a chain.
struct link {
    void* object;
    void const* slot;
};

inline std::string name_of(void* object) {
    chars const name = memory::type_at(memory::header_of(object)->meta).name;
    return {name.data, name.size};
}
/// `Node.next`
inline std::string name_of(link const& from) {
    std::string name = name_of(from.object);
    text field;
    memory::type_at(memory::header_of(from.object)->meta).name_edge(from.object, from.slot, field);
    name += '.';
    return name.append(field.data(), field.size());
}

template <class Visit>
void each_edge_of(void* object, Visit&& visit) {
    memory::heap::each_edge(memory::type_at(memory::header_of(object)->meta), object, visit);
}

/// Who points to whom, among the objects that can be in a cycle.
class graph {
public:
    graph() {
        memory::current().each_object([&](void* object) {
            each_edge_of(object, [&](void** slot, void* target) { to_[target].push_back({object, slot}); });
        });
    }
    [[nodiscard]] std::vector<link> const& referrers(void* object) const {
        auto const found = to_.find(object);
        return found == to_.end() ? none_ : found->second;
    }
    /// Somebody outside of these objects points to it.
    [[nodiscard]] bool is_held(void* object, std::size_t by_us) const {
        return memory::count_of(*memory::header_of(object)) > referrers(object).size() + by_us;
    }

private:
    std::map<void*, std::vector<link>> to_;
    std::vector<link> none_;
};

}  // namespace detail::objgraph

namespace objgraph {

/// A chain of references, each by the field that it is in.
class chain {
public:
    chain() = default;
    chain(std::vector<detail::objgraph::link> const& links, gc::object end) {
        for (auto const& one : links) {
            objects_.push_back(detail::gc::share_any(one.object));
            names_.push_back(detail::objgraph::name_of(one));
        }
        names_.emplace_back(end.type_name().data, end.type_name().size);
        objects_.push_back(std::move(end));
    }
    /// The objects, the one that the chain leads to last.
    [[nodiscard]] std::vector<gc::object> const& objects() const noexcept { return objects_; }
    [[nodiscard]] bool empty() const noexcept { return objects_.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return objects_.size(); }
    /// `Server.sessions['ann'] -> Session`
    [[nodiscard]] std::string str() const {
        std::string all;
        for (std::string const& name : names_) {
            if (!all.empty()) all += " -> ";
            all += name;
        }
        return all;
    }
    [[nodiscard]] std::string repr() const { return str(); }

private:
    std::vector<gc::object> objects_;
    std::vector<std::string> names_;
};

/// How many objects of each class there are, of those that can be in a cycle.
[[nodiscard]] inline std::map<std::string, std::size_t> typestats() {
    std::map<std::string, std::size_t> all;
    detail::gc::current().each_object([&](void* object) { ++all[detail::objgraph::name_of(object)]; });
    return all;
}
/// The classes with the most objects, and how many they are.
[[nodiscard]] inline std::vector<std::pair<std::string, std::size_t>> most_common_types(std::size_t limit = 10) {
    std::vector<std::pair<std::string, std::size_t>> all;
    for (auto const& one : typestats()) all.emplace_back(one);
    std::sort(all.begin(), all.end(), [](auto const& a, auto const& b) { return a.second != b.second ? a.second > b.second : a.first < b.first; });
    if (all.size() > limit) all.resize(limit);
    return all;
}
/// How many objects there are of the class of that name.
[[nodiscard]] inline std::size_t count(std::string const& type_name) {
    auto const all = typestats();
    auto const found = all.find(type_name);
    return found == all.end() ? 0 : found->second;
}
/// The objects of class T.
template <class T>
[[nodiscard]] std::vector<gc::ptr<T>> by_type() {
    std::vector<gc::ptr<T>> all;
    for (gc::object const& one : gc::get_objects()) {
        if (gc::ptr<T> p = one.as<T>()) all.push_back(std::move(p));
    }
    return all;
}

/// What growth() compares with: for each class the most objects that it has seen.
using peak_stats = std::map<std::string, std::size_t>;

/// The classes with more objects than `peaks` knows, which then knows them: name, how many there are, how many more; most growth first.
[[nodiscard]] inline std::vector<std::tuple<std::string, std::size_t, std::size_t>> growth(peak_stats& peaks, std::size_t limit = 10) {
    gc::collect();
    std::vector<std::tuple<std::string, std::size_t, std::size_t>> all;
    for (auto const& [name, n] : typestats()) {
        std::size_t& peak = peaks[name];
        if (n > peak) {
            all.emplace_back(name, n, n - peak);
            peak = n;
        }
    }
    std::sort(all.begin(), all.end(), [](auto const& a, auto const& b) {
        return std::get<2>(a) != std::get<2>(b) ? std::get<2>(a) > std::get<2>(b) : std::get<0>(a) < std::get<0>(b);
    });
    if (all.size() > limit) all.resize(limit);
    return all;
}
/// Since the last call on this thread.
inline std::vector<std::tuple<std::string, std::size_t, std::size_t>> growth(std::size_t limit = 10) {
    thread_local peak_stats peaks;
    return growth(peaks, limit);
}

/// The shortest chain of references to the object that begins at one to which somebody outside of the heap's objects points: a variable, an
/// opaque member. Empty when nothing but the argument keeps it.
///
///     print(objgraph::path_to(session));   // Server.sessions['ann'] -> Session
///
/// Costs     a look at all objects.
template <class T>
[[nodiscard]] chain path_to(gc::ptr<T> const& object) {
    using detail::objgraph::link;
    if (!object) return {};
    detail::objgraph::graph const all;
    void* const end = object.detail::gc::edge::object;
    // `object` itself is one pointer from outside that does not count.
    if (all.is_held(end, 1)) return chain({}, gc::object(object));
    std::vector<std::pair<link, std::size_t>> reached{{{end, nullptr}, 0}};  // how each leads on, and to which of them
    std::map<void*, bool> seen{{end, true}};
    for (std::size_t i = 0; i != reached.size(); ++i) {
        for (link const& from : all.referrers(reached[i].first.object)) {
            if (!seen.emplace(from.object, true).second) continue;
            reached.push_back({from, i});
            if (!all.is_held(from.object, 0)) continue;
            std::vector<link> path;
            for (std::size_t at = reached.size() - 1; at != 0; at = reached[at].second) path.push_back(reached[at].first);
            return chain(path, gc::object(object));
        }
    }
    return {};
}

/// The shortest cycle of references through the object, or an empty chain.
///
///     print(objgraph::cycle_of(node));     // Node.next -> Node.children[3] -> Node
///
/// Costs     a look at what the object reaches.
template <class T>
[[nodiscard]] chain cycle_of(gc::ptr<T> const& object) {
    using detail::objgraph::link;
    if (!object) return {};
    void* const start = object.detail::gc::edge::object;
    std::vector<std::pair<link, std::size_t>> reached{{{start, nullptr}, 0}};  // how each was reached, and from which of them
    std::map<void*, bool> seen;
    std::vector<void*> objects{start};
    for (std::size_t i = 0; i != objects.size(); ++i) {
        std::vector<link> closing;
        detail::objgraph::each_edge_of(objects[i], [&](void** slot, void* target) {
            if (target == start && closing.empty()) closing.push_back({objects[i], slot});
            if (target == start || (detail::gc::header_of(target)->meta & detail::gc::tracked) == 0 || !seen.emplace(target, true).second) return;
            reached.push_back({{objects[i], slot}, i});
            objects.push_back(target);
        });
        if (closing.empty()) continue;
        std::vector<link> path = closing;
        for (std::size_t at = i; at != 0; at = reached[at].second) path.push_back(reached[at].first);
        std::reverse(path.begin(), path.end());
        return chain(path, gc::object(object));
    }
    return {};
}

/// The objects around one, for Graphviz: what it points to and what points to it, up to `depth` references away.
[[nodiscard]] inline std::string dot(gc::object const& object, int depth = 3) {
    using detail::objgraph::link;
    detail::objgraph::graph const all;
    std::map<void*, int> numbers;
    std::vector<void*> layer;
    auto const add = [&](void* one, std::vector<void*>& to) {
        if (numbers.emplace(one, static_cast<int>(numbers.size())).second) to.push_back(one);
    };
    if (object) add(object.detail::gc::edge::object, layer);
    for (int i = 0; i < depth; ++i) {
        std::vector<void*> next;
        for (void* const one : layer) {
            detail::objgraph::each_edge_of(one, [&](void**, void* target) { add(target, next); });
            for (link const& from : all.referrers(one)) add(from.object, next);
        }
        layer = std::move(next);
    }
    std::string text = "digraph objects {\n  node [shape=box];\n";
    std::vector<void*> ordered(numbers.size());
    for (auto const& [one, number] : numbers) ordered[static_cast<std::size_t>(number)] = one;
    for (void* const one : ordered) text += "  o" + std::to_string(numbers[one]) + " [label=\"" + detail::objgraph::name_of(one) + "\"];\n";
    for (void* const one : ordered) {
        detail::objgraph::each_edge_of(one, [&](void** slot, void* target) {
            auto const to = numbers.find(target);
            if (to == numbers.end()) return;
            std::string field = detail::objgraph::name_of(link{one, slot}).substr(detail::objgraph::name_of(one).size() + 1);
            std::string quoted;
            for (char const c : field) {
                if (c == '"' || c == '\\') quoted += '\\';
                quoted += c;
            }
            text += "  o" + std::to_string(numbers[one]) + " -> o" + std::to_string(to->second) + " [label=\"" + quoted + "\"];\n";
        });
    }
    return text + "}\n";
}

}  // namespace objgraph
}  // namespace amphis::inline v0

#endif  // AMPHIS_OBJGRAPH_HPP
