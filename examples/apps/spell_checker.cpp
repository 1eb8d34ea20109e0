// A spell checker after Norvig: learn words from one text, correct those of another
#include <amphis/builtins.hpp>
#include <amphis/functools.hpp>

#include <cctype>
#include <fstream>
#include <iostream>
#include <sstream>
#include <unordered_map>

using namespace amphis::literals;

bool next_word(std::istream& text, std::string& word) {
    for (word.clear(); text && !std::isalpha(text.peek());) text.get();
    while (std::isalpha(text.peek())) word += static_cast<char>(std::tolower(text.get()));
    return !word.empty();
}

int main(int, char** argv) {
    // --- learn
    std::ifstream book(argv[1]);
    std::unordered_map<std::string, int> counts;
    int total = 0;
    for (std::string w; next_word(book, w); ++total) ++counts[w];
    amphis::print("{} different words, {} in all"_f(counts.size(), total));

    // --- candidates
    auto edits = [](std::string const& word, auto&& visit) {  // a letter missing, swapped, replaced or too many
        for (std::size_t i = 0; i <= word.size(); ++i) {
            if (i < word.size()) visit(std::string(word).erase(i, 1));
            if (i + 1 < word.size()) visit(std::string(word).replace(i, 2, {word[i + 1], word[i]}));
            for (char letter = 'a'; letter <= 'z'; ++letter) {
                if (i < word.size()) visit(std::string(word).replace(i, 1, 1, letter));
                visit(std::string(word).insert(i, 1, letter));
            }
        }
    };
    auto correction = amphis::functools::lru_cache<4096>([&](std::string const& word) {
        std::pair<int, std::string> best;  // the most frequent; of equals the last in the alphabet
        auto consider = [&](std::string const& w) {
            if (auto it = counts.find(w); it != counts.end()) best = std::max(best, {it->second, w});
        };
        consider(word);
        if (!best.first) edits(word, consider);
        if (!best.first) edits(word, [&](std::string const& once) { edits(once, consider); });
        return best.first ? best.second : word;
    });

    // --- correct
    for (std::string line, word; std::getline(std::cin, line);) {
        std::istringstream text(line);
        for (char const* space = ""; next_word(text, word); space = " ")
            amphis::print(space, correction(word), "sep"_k = "", "end"_k = "");
        amphis::print();
    }

    // --- what the cache saved
    amphis::print(correction.cache_info());
    return 0;
}
