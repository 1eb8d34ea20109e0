// SPDX-License-Identifier: MIT
// text: the growable buffer that repr, str and format write into. It exists because <string> costs 1.6 times <vector> to include,
// and exceptions, which everything includes, must render their arguments too.
// Used by: builtins.hpp, contextlib.hpp, dataclasses.hpp, detail/dynamic_tuple.hpp, detail/hash.hpp,
//          detail/reflect.hpp, detail/reflect/imagined.hpp, detail/repr.hpp, detail/type_name.hpp, enum.hpp,
//          functools.hpp, gc.hpp, io.hpp, lang/descriptor.hpp, lang/exceptions.hpp, lang/singleton.hpp, os.hpp,
//          sys.hpp, time.hpp, traceback.hpp, tracemalloc.hpp, weakref.hpp
#ifndef AMPHIS_DETAIL_TEXT_HPP
#define AMPHIS_DETAIL_TEXT_HPP

#include <amphis/config.hpp>

#include <cstddef>
#include <cstring>
#include <new>

namespace amphis::inline v0::detail {

/// Characters somewhere else: the cheap string_view.
struct chars {
    char const* data = "";
    std::size_t size = 0;

    constexpr chars() noexcept = default;
    constexpr chars(char const* first, std::size_t count) noexcept : data(first), size(count) {}
    // NOLINTNEXTLINE(google-explicit-constructor): a C string is characters
    constexpr chars(char const* c_string) noexcept : data(c_string) {
        while (c_string[size] != '\0') ++size;
    }
};

/// Anything with contiguous char data() and a size(): std::string, std::string_view, text, fixed_string, a user's string.
template <class T>
concept CharsLike = requires(T const& value) {
    static_cast<char const*>(value.data());
    static_cast<std::size_t>(value.size());
};

/// A growable character buffer; the first 256 bytes live in the object itself. Move-only.
/// A failed growth throws std::bad_alloc and leaves the text as it was.
class text {
public:
    text() noexcept = default;
    text(text const&) = delete;
    text& operator=(text const&) = delete;
    ~text() {
        if (data_ != local_) ::operator delete(data_);
    }

    [[nodiscard]] char const* data() const noexcept { return data_; }
    [[nodiscard]] char* data() noexcept { return data_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] chars view() const noexcept { return {data_, size_}; }
    [[nodiscard]] char back() const noexcept { return data_[size_ - 1]; }

    void clear() noexcept { size_ = 0; }
    void truncate(std::size_t size) noexcept { size_ = size; }

    void push_back(char c) {
        if (size_ == capacity_) grow(1);
        data_[size_++] = c;
    }
    void append(char const* first, std::size_t count) {
        if (count > capacity_ - size_) grow(count);
        if (count != 0) std::memcpy(data_ + size_, first, count);
        size_ += count;
    }
    void append(chars s) { append(s.data, s.size); }
    void append(std::size_t count, char c) {
        if (count > capacity_ - size_) grow(count);
        if (count != 0) std::memset(data_ + size_, c, count);
        size_ += count;
    }
    /// `count` more characters, to be written by the caller.
    [[nodiscard]] char* extend(std::size_t count) {
        if (count > capacity_ - size_) grow(count);
        char* const at = data_ + size_;
        size_ += count;
        return at;
    }

private:
    AMPHIS_COLD void grow(std::size_t more) {
        if (more > static_cast<std::size_t>(-1) / 4 - size_) throw std::bad_alloc();
        std::size_t const wanted = size_ + more;
        std::size_t const capacity = wanted > 2 * capacity_ ? wanted : 2 * capacity_;
        char* const data = static_cast<char*>(::operator new(capacity));
        std::memcpy(data, data_, size_);
        if (data_ != local_) ::operator delete(data_);
        data_ = data;
        capacity_ = capacity;
    }

    char local_[256];
    char* data_ = local_;
    std::size_t size_ = 0;
    std::size_t capacity_ = sizeof(local_);
};

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_DETAIL_TEXT_HPP
