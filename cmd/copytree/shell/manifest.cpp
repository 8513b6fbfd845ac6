#include "copytree/shell/manifest.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <queue>
#include <string_view>
#include <utility>

#include "par/locks/lock_guard.h"

namespace copytree {

namespace {

constexpr std::size_t sum_digits = 32;

std::errc last_error() {
  return static_cast<std::errc>(errno);
}

std::string line_of(std::string_view name, std::string_view sum) {
  std::string text;
  if (name.find_first_of("\n\r") == std::string_view::npos) {
    return text.append(sum).append("  ").append(name).append("\n");
  }
  text.append("\\").append(sum).append("  ");
  for (const char c : name) {
    if (c == '\n') text += "\\n";
    if (c == '\r') text += "\\r";
    if (c == '\\') text += "\\\\";
    if (c != '\n' && c != '\r' && c != '\\') text += c;
  }
  return text + "\n";
}

bool write(std::FILE* to, std::string_view text) {
  return std::fwrite(text.data(), 1, text.size(), to) == text.size();
}

// Records of one sorted run, one after another: a name, NUL, and the digits of the sum.
class run_reader {
 public:
  explicit run_reader(std::FILE* from) : from_(from) { next(); }

  // Empty at the end, or after an error, which ferror() tells.
  [[nodiscard]] const std::string& record() const { return record_; }

  void next() {
    record_.clear();
    for (int c = std::getc(from_); c != EOF; c = std::getc(from_)) {
      record_ += static_cast<char>(c);
      if (c == '\0') break;
    }
    if (record_.empty()) return;
    std::string sum(sum_digits, '\0');
    if (std::fread(sum.data(), 1, sum.size(), from_) == sum.size()) {
      record_ += sum;
    } else {
      record_.clear();
    }
  }

 private:
  std::FILE* from_;
  std::string record_;
};

bool write_record(std::FILE* to, const std::string& record) {
  const std::size_t name = record.size() - sum_digits - 1;
  return write(to, line_of(std::string_view(record).substr(0, name),
                           std::string_view(record).substr(name + 1)));
}

}  // namespace

std::string manifest_line(const std::string& name, const checksum& sum) {
  return line_of(name, to_hex(sum));
}

manifest::manifest(std::string path, std::size_t memory)
    : path_(std::move(path)), memory_(memory) {}

par::expected<void, std::errc> manifest::open() {
  const par::lock_guard lock(guard_);
  out_ = stream(std::fopen(path_.c_str(), "we"));
  if (out_ == nullptr) return par::unexpected<std::errc>(last_error());
  return {};
}

void manifest::add(const std::string& name, const checksum& sum) {
  std::string line = name + '\0' + to_hex(sum);
  const par::lock_guard lock(guard_);
  used_ += line.size() + sizeof(std::string);
  lines_.push_back(std::move(line));
  if (used_ > memory_) spill();
}

void manifest::spill() {
  stream run(std::tmpfile());
  if (run == nullptr) {
    failed_ = last_error();
    return;
  }
  std::sort(lines_.begin(), lines_.end());
  for (const std::string& line : lines_) {
    if (!write(run.get(), line)) failed_ = last_error();
  }
  lines_.clear();
  used_ = 0;
  if (std::fseek(run.get(), 0, SEEK_SET) != 0) failed_ = last_error();
  runs_.push_back(std::move(run));
}

bool manifest::write_merged() {
  std::vector<run_reader> readers;
  for (const stream& run : runs_) readers.emplace_back(run.get());
  const auto later = [&](std::size_t left, std::size_t right) {
    return readers[left].record() > readers[right].record();
  };
  std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(later)> next(later);
  for (std::size_t i = 0; i < readers.size(); ++i) {
    if (!readers[i].record().empty()) next.push(i);
  }
  while (!next.empty()) {
    const std::size_t first = next.top();
    next.pop();
    if (!write_record(out_.get(), readers[first].record())) return false;
    readers[first].next();
    if (!readers[first].record().empty()) next.push(first);
  }
  return std::none_of(runs_.begin(), runs_.end(),
                      [](const stream& run) { return std::ferror(run.get()) != 0; });
}

par::expected<void, std::errc> manifest::finish() {
  const par::lock_guard lock(guard_);
  if (!runs_.empty() && !lines_.empty()) spill();
  std::sort(lines_.begin(), lines_.end());
  errno = 0;
  bool written = write_merged();
  for (const std::string& line : lines_) written = written && write_record(out_.get(), line);
  written = std::fclose(out_.release()) == 0 && written;
  if (failed_ == std::errc{} && !written) failed_ = errno != 0 ? last_error() : std::errc::io_error;
  if (failed_ != std::errc{}) return par::unexpected<std::errc>(failed_);
  return {};
}

}  // namespace copytree
