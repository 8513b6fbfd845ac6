#include "cmd/countips/nasty_log.h"

#include <random>
#include <vector>

namespace countips {

namespace {

using pieces = std::vector<std::string>;

const pieces clients = {
    "192.0.2.1",
    "192.0.2.2",
    "192.0.2.255",
    "::ffff:192.0.2.1",
    "::ffff:c000:201",
    "2001:db8::1",
    "2001:DB8:0:0:0::1",
    "fe80::1%eth0",
    "::",
    "0.0.0.0",
    "::1",
    "host.example.net",
    "host",
    "192.0.2.1.isp.test",
    "1.1.x.1",
    "192.0.2.01",
    "unknown",
    "-",
    "",
    "192.0.2.1:80",
    "::ffff:1x1:101",
    "\"192.0.2.1",
    "\"192.0.2.3\"",
    "{\"log\":\"192.0.2.1",
    "[::1]",
    "caf\xc3\xa9.test",
    "192.0.2.1, 10.0.0.1",
    "192.0.2.4,unknown",
    "host, 192.0.2.9",
    ",192.0.2.5",
    ", -,192.0.2.5",
    "-, 192.0.2.6 , 192.0.2.7",
    "- ,host",
    "-,-",
    "[2001:db8::2]:443",
    "[2001:DB8::2]",
    "[::ffff:192.0.2.8], 10.0.0.1",
    "192.0.2.9:1 , 10.0.0.1",
    "2001:db8:0:0:0:0:0:1:80",
    "[2001:db8::2]x",
    "192.0.2.1:123456",
    "\t192.0.2.6",
    "  192.0.2.7",
};
const pieces middles = {" - -",
                        " - -",
                        " - -",
                        " - -",
                        " - bob",
                        " - A B C",
                        " ident bob",
                        "",
                        " - - -",
                        " -",
                        " 192.0.2.8 - -",
                        "\t-\t-",
                        " - [nobody]",
                        " -  -",
                        " - b\xff"
                        "b",
                        " - [01/Jan/2024:00:00:00 +0000"};
const pieces dates = {"01/Jan/2024", "01/Jan/2024", "01/Jan/2024", "29/Feb/2024", "29/Feb/2023",
                      "31/Dec/1999", "32/Jan/2024", "00/Jan/2024", "31/Apr/2024", "01/jan/2024",
                      "01/Foo/2024", "1/Jan/2024",  "01/anF/2024"};
const pieces clocks = {
    ":00:00:00 +0000]", ":23:59:60 -0330]",  ":12:34:56 +0100]",     ":12:34:57 +0100]",
    ":24:00:00 +0000]", ":12:60:00 +0000]",  ":12:00:61 +0000]",     ":12:00:00 +2460]",
    ":12:00:00 ]",      ":12:00:00]",        ":12:00:00.123 +0000]", " 12:34:56]",
    ":12:00:00.5]",     ":12:00:60   ]",     ":12:00:61]",           ":12:00:00. +0000]",
    "  12:34:56]",      ":12:34:56 +0000 ]", ":12:34:56+0100]"};
const pieces requests = {" \"GET / HTTP/1.1\" 200 5 \"-\" \"curl\"",
                         " \"\" 400 0",
                         " \"-\" 408 -",
                         " \"never closed",
                         " \"\x16\x03\x01\xff\xfe\" 400 0 \"-\" \"-\"",
                         " \"GET / HTTP/1.1\" 200 5 \"-\" \"[02/Jan/2024:00:00:00 +0000] x\"",
                         "",
                         "\r"};
const pieces others = {"",      " ",         "\r",
                       "\t \r", "# comment", " \"torn off\"",
                       "[",     " [",        "[01/Jan/2024:00:00:00 +0000] 192.0.2.1 first"};

class log_writer {
 public:
  explicit log_writer(std::uint64_t seed) : random_(seed) {}

  std::string line() {
    if (one_in(12)) return pick(others);
    std::string made = pick(one_in(2) ? pieces{clients[0], clients[5]} : clients) +
                       pick(one_in(2) ? pieces{middles[0]} : middles) + " [" +
                       pick(one_in(2) ? pieces{dates[0], dates[3]} : dates) +
                       pick(one_in(2) ? pieces{clocks[0]} : clocks) + pick(requests);
    if (one_in(50)) made += std::string(below(9000), 'x');
    if (one_in(20)) damage(made);
    if (one_in(20)) leave_hole(made);
    return made;
  }

  bool one_in(std::size_t n) { return below(n) == 0; }

 private:
  std::size_t below(std::size_t n) { return random_() % n; }
  std::string pick(const pieces& from) { return from[below(from.size())]; }

  void damage(std::string& line) {
    for (std::size_t i = 0; i < 3 && !line.empty(); ++i) {
      const auto byte = static_cast<char>(random_());
      if (byte != '\n') line[below(std::min<std::size_t>(line.size(), 60))] = byte;
    }
  }

  // As a crash leaves it: NUL where nothing was written. Not at the front, since those that a file
  // begins with are passed over.
  void leave_hole(std::string& line) {
    const std::size_t at = std::min(1 + below(40), line.size());
    line.replace(at, below(26), below(26), '\0');
  }

  std::mt19937_64 random_;
};

}  // namespace

std::string make_nasty_log(std::size_t lines, std::uint64_t seed) {
  log_writer writer(seed);
  std::string log;
  for (std::size_t i = 0; i < lines; ++i) {
    std::string line = writer.line();
    if (!log.empty() && writer.one_in(4)) line = log.substr(log.rfind('\n', log.size() - 2) + 1);
    if (!line.ends_with('\n')) line += '\n';
    log += line;
  }
  if (writer.one_in(2)) log.pop_back();
  return log;
}

}  // namespace countips
