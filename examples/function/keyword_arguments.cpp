// Keyword arguments: named at the call, with defaults, positional-only and keyword-only
#include <amphis/builtins.hpp>
#include <amphis/lang/function.hpp>

#include <string>
#include <vector>

using amphis::def, amphis::print;
using namespace amphis::literals;
using Text = std::string;

// --- Two functions
constexpr auto rectangle = def<"width", "height", "/", "*", "border", "title">(
    [](int width, int height, char border, Text const& title) {
        Text const line(static_cast<std::size_t>(width), border);
        return line + title + line + " x" + std::to_string(height);
    },
    "height"_k = 1, "border"_k = '-', "title"_k = "").named("rectangle").documented("Draw the top of a box.");

constexpr auto connect = def<"host", "port", "secure">(
    [](Text const& host, int port, bool secure) { return host + ":" + std::to_string(port) + (secure ? " (secure)" : ""); },
    "port"_k = 80, "secure"_k = false);

int main() {
    // --- By position, by keyword, or both
    print(connect("example.org", 8080, true));
    print(connect("example.org", "secure"_k = true));
    print(connect("port"_k = 443, "secure"_k = true, "host"_k = "example.org"));

    // --- Before / only by position, after * only by keyword
    print(rectangle(3, "title"_k = "box", "border"_k = '='));
    print(rectangle(2, 5));

    // --- A function knows its parameters
    for (amphis::parameter const& p : rectangle.parameters) print(p.name, "end"_k = " ");
    print(rectangle.name(), "-", rectangle.doc());

    // --- A default is made once, and shared by the calls
    auto append = def<"item", "to">([](int item, std::vector<int>& to) -> auto& {
        to.push_back(item);
        return to;
    }, "to"_k = std::vector<int>{});
    append(1);
    print(append(2));
    std::vector<int> mine{0};
    print(append(3, mine));
}
