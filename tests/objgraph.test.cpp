// SPDX-License-Identifier: MIT
#include <amphis/builtins.hpp>
#include <amphis/objgraph.hpp>

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "support/catch.hpp"

namespace gc = amphis::gc;
namespace objgraph = amphis::objgraph;
using amphis::repr;

namespace {

struct Node {
    std::string name{};
    gc::ptr<Node> next{};
    std::vector<gc::ptr<Node>> children{};
};
struct Session;
struct Server {
    std::map<std::string, gc::ptr<Session>> sessions{};
};
struct Session {
    gc::ptr<Server> server{};
    gc::ptr<Node> work{};
};

}  // namespace

TEST_CASE("objgraph: how many of each class, and which have grown", "[gc]") {
    gc::collect();
    objgraph::peak_stats peaks;
    static_cast<void>(objgraph::growth(peaks));
    auto const a = gc::make<Node>("a");
    auto const b = gc::make<Node>("b", a);
    auto const s = gc::make<Session>();
    CHECK(objgraph::count("Node") == 2);
    CHECK(objgraph::count("nothing") == 0);
    CHECK(objgraph::by_type<Node>().size() == 2);
    CHECK(repr(objgraph::most_common_types()) == "[('Node', 2), ('Session', 1)]");
    CHECK(repr(objgraph::most_common_types(1)) == "[('Node', 2)]");
    CHECK(repr(objgraph::growth(peaks)) == "[('Node', 2, 2), ('Session', 1, 1)]");
    CHECK(objgraph::growth(peaks).empty());
    auto const c = gc::make<Node>("c");
    CHECK(repr(objgraph::growth(peaks)) == "[('Node', 3, 1)]");
    {
        auto const cycle = gc::make<Node>("cycle");
        cycle->next = cycle;
    }
    CHECK(objgraph::growth(peaks).empty());  // it collects first
}

TEST_CASE("objgraph: what keeps an object alive", "[gc]") {
    auto server = gc::make<Server>();
    auto session = gc::make<Session>(server);
    server->sessions["ann"] = session;
    session->work = gc::make<Node>("work");
    session->work->children = {nullptr, gc::make<Node>("part")};
    gc::ptr<Node> const part = session->work->children[1];
    CHECK(objgraph::path_to(part).str() == "Session.work -> Node.children[1] -> Node");
    session = nullptr;
    CHECK(objgraph::path_to(part).str() == "Server.sessions['ann'] -> Session.work -> Node.children[1] -> Node");
    CHECK(objgraph::path_to(part).objects().front() == server);
    CHECK(objgraph::path_to(server).empty());  // nothing but this variable
    auto const another = server;
    CHECK(objgraph::path_to(server).str() == "Server");
    CHECK(objgraph::path_to(gc::ptr<Node>()).empty());
    server->sessions.clear();
}

TEST_CASE("objgraph: the shortest cycle through an object", "[gc]") {
    auto a = gc::make<Node>("a");
    auto b = gc::make<Node>("b");
    auto c = gc::make<Node>("c");
    a->next = b;
    b->next = c;
    c->children = {nullptr, nullptr, nullptr, a};
    CHECK(objgraph::cycle_of(a).str() == "Node.next -> Node.next -> Node.children[3] -> Node");
    CHECK(objgraph::cycle_of(b).str() == "Node.next -> Node.children[3] -> Node.next -> Node");
    b->children = {a};
    CHECK(objgraph::cycle_of(a).str() == "Node.next -> Node.children[0] -> Node");
    CHECK(objgraph::cycle_of(a).size() == 3);
    CHECK(repr(objgraph::cycle_of(a)) == "Node.next -> Node.children[0] -> Node");
    c->next = c;
    CHECK(objgraph::cycle_of(c).str() == "Node.next -> Node");
    auto const alone = gc::make<Node>("alone");
    CHECK(objgraph::cycle_of(alone).empty());
    c->next = nullptr;
    c->children.clear();
    b->children.clear();
}

TEST_CASE("objgraph: a neighbourhood for Graphviz", "[gc]") {
    auto const server = gc::make<Server>();
    server->sessions["\"ann\""] = gc::make<Session>();
    auto const text = objgraph::dot(server);
    CHECK(text ==
          "digraph objects {\n  node [shape=box];\n  o0 [label=\"Server\"];\n  o1 [label=\"Session\"];\n"
          "  o0 -> o1 [label=\"sessions['\\\"ann\\\"']\"];\n}\n");
    CHECK(objgraph::dot(gc::object()) == "digraph objects {\n  node [shape=box];\n}\n");
    CHECK(objgraph::dot(server, 0).find("o1") == std::string::npos);
}
