// leak hunt: objects that nobody meant to keep, found by counting them and asking who refers to them
#include <amphis/builtins.hpp>
#include <amphis/gc.hpp>
#include <amphis/objgraph.hpp>

#include <map>
#include <string>

namespace gc = amphis::gc;
namespace objgraph = amphis::objgraph;
using amphis::print;

// --- A server that keeps a session for each request
struct Session {
    std::string user{};
    gc::ptr<struct Server> server{};
};

struct Server {
    std::map<std::string, gc::ptr<Session>> sessions{};

    void handle(std::string const& user) { sessions[user] = gc::make<Session>(user); }
};

int main() {
    // --- What grows?
    auto const server = gc::make<Server>();
    auto const before = objgraph::count("Session");
    for (int i = 0; i < 100; ++i) server->handle("user" + std::to_string(i));
    gc::collect();  // not what a cycle kept
    print("Session", objgraph::count("Session") - before);

    // --- Who refers to one of them?
    gc::ptr<Session> session;
    for (auto const& s : objgraph::by_type<Session>()) {
        if (s->user == "user7") session = s;
    }
    auto const referrers = gc::get_referrers(session);
    print(referrers[0].type_name(), referrers[0] == server);

    // --- The leak is mended, and the count says so
    server->sessions.clear();
    session = nullptr;
    print("Session", objgraph::count("Session") - before);
}
