// descriptors that compute: the HOWTO's primer
#include <amphis/builtins.hpp>
#include <amphis/lang/descriptor.hpp>

#include <string>
#include <vector>

using amphis::descriptor, amphis::print;

// --- The simplest descriptor returns a constant
struct Ten {
    int get(auto const&) const { return 10; }
};

struct A {
    int x = 5;
    [[no_unique_address]] descriptor<"y", A, Ten> y{};
};

// --- A dynamic lookup: the number of files, as it is now
struct DirectorySize {
    auto get(auto const& directory) const { return directory.files.size(); }
};

struct Directory {
    std::vector<std::string> files;
    [[no_unique_address]] descriptor<"size", Directory, DirectorySize> size{};
};

int main() {
    A a;
    print(a.x, a.y);
    Directory songs{{"intro.ogg", "finale.ogg"}};
    Directory games{{"chess"}};
    print(songs.size, games.size);
    games.files.clear();
    print(games.size, songs.size + games.size);
}
