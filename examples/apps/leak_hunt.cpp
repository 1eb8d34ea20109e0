// A server that has more to do each day: what grows, who keeps it, which cycle it is in; and the mend, two weak references
#include <amphis/builtins.hpp>
#include <amphis/gc.hpp>
#include <amphis/objgraph.hpp>
#include <amphis/weakref.hpp>

namespace gc = amphis::gc;
namespace objgraph = amphis::objgraph;
using namespace amphis::literals;
using amphis::print, amphis::weakref::ref, std::string;

// --- A visitor has a session with a cart, and a handler that gets the news; then the visitor leaves
template <template <class> class HandlerTo, template <class> class CartTo>  // gc::ptr or weakref::ref
struct Shop {
    struct Server; struct Session;
    struct Cart { CartTo<Session> session{}; };
    struct Handler { HandlerTo<Session> session{}; };
    struct Session { string user{}; gc::ptr<Server> server{}; gc::ptr<Cart> cart{}; };
    struct Server {
        std::map<string, gc::ptr<Session>> sessions{};
        std::map<string, std::vector<gc::ptr<Handler>>> handlers{};
    };
    static gc::ptr<Session> visit(gc::ptr<Server> const& server, string const& user) {
        auto const session = server->sessions[user] = gc::make<Session>(user, server);
        session->cart = gc::make<Cart>(CartTo<Session>(session));
        server->handlers["news"].push_back(gc::make<Handler>(HandlerTo<Session>(session)));
        server->sessions.erase(user);
        return session;
    }
};

// --- The tools: what there is of each class, and the shortest path of references by the names of the fields
string path(objgraph::chain const& found) { return found.empty() ? "None" : found.str(); }
bool gone(auto const& session) { if constexpr (requires { session(); }) return !session(); else return !session; }

// --- Three days of a hundred visitors, a collection at the end of each, and the news
template <class S> void run(string const& mode) {
    auto const server = gc::make<typename S::Server>();
    gc::collect();
    auto before = objgraph::typestats();
    print("{}:"_f(mode));
    for (int day = 1; day < 4; ++day) {
        for (int i = 0; i < 100; ++i) static_cast<void>(S::visit(server, "visitor {}"_f(i)));
        auto const freed = gc::collect();
        std::erase_if(server->handlers["news"], [](auto const& handler) { return gone(handler->session); });
        print("  day {}: {} objects freed from cycles, news to {} who have left"_f(day, freed, server->handlers["news"].size()));
    }
    print("  growth:", objgraph::growth(before));
    auto const guest = S::visit(server, "guest");
    print("  a guest is kept by:", path(objgraph::path_to(guest)));
    print("  and is in a cycle:", path(objgraph::cycle_of(guest)));
}
int main(int argc, char** argv) {
    gc::disable();
    for (auto const& mode : std::vector<string>(argv, argv + argc)) {
        if (mode == "leak") run<Shop<gc::ptr, gc::ptr>>(mode);
        if (mode == "weak handlers") run<Shop<ref, gc::ptr>>(mode);
        if (mode == "weak handlers, weak carts") run<Shop<ref, ref>>(mode);
    }
}
