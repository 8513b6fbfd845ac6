// generate_log: large access logs for tests, demonstrations and benchmarks.
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "cli/command.h"
#include "log_maker.h"

namespace {

constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max();

// A number with a fraction, from `least` to `greatest`.
cli::option real(std::string name, std::string argument, std::string help, double& target,
                 double least, double greatest) {
  return {.name = std::move(name),
          .argument = std::move(argument),
          .help = std::move(help),
          .apply = [&target, least, greatest](std::string_view text) -> cli::applied {
            double value = 0;
            const auto [end, failed] =
                std::from_chars(text.data(), text.data() + text.size(), value);
            if (failed != std::errc() || end != text.data() + text.size()) {
              return par::unexpected<std::string>("not a number");
            }
            if (std::isnan(value) || value < least || value > greatest) {
              return par::unexpected<std::string>("out of range");
            }
            target = value;
            return {};
          }};
}

cli::status generate_log(cli::session& session, const generate::log_shape& shape) {
  constexpr std::size_t batch = std::size_t{64} << 10;
  generate::log_maker maker(shape);
  std::string text;
  for (std::size_t i = 0; i < shape.lines && !session.out().failed() && !session.stop(); ++i) {
    maker.append_line(text);
    if (text.size() < batch) continue;
    session.out().write(text);
    text.clear();
  }
  session.out().write(text);
  return cli::status::done;
}

std::vector<cli::option> make_options(generate::log_shape& shape, std::size_t& seed) {
  return {
      cli::number("lines", '\0', "N", "How many lines.", shape.lines, 0, most),
      cli::number("clients", '\0', "N", "How many clients there are to draw from.", shape.clients,
                  1, most),
      cli::number("days", '\0', "N", "How many days the lines are spread over.", shape.days, 1,
                  36500),
      real("ipv6", "SHARE", "Share of the clients with IPv6 addresses, 0 to 1.", shape.ipv6_share,
           0, 1),
      real("skew", "X",
           "0 makes every client equally frequent; the larger, the more a few of them make most of "
           "the requests.",
           shape.skew, 0, 100),
      cli::number("seed", '\0', "N", "The same seed gives the same log.", seed, 0, most),
  };
}

}  // namespace

int main(int argc, char** argv) {
  generate::log_shape shape;
  std::size_t seed = shape.seed;
  cli::command command;
  command.name = "generate_log";
  command.summary = "Write a made-up access log in the combined format";
  command.operands.most = 0;
  command.operands.completion = "none";
  command.examples = {
      {"generate_log --lines 4000000 --clients 200000 > access.log", "700 MB, seven days"}};
  command.options = make_options(shape, seed);
  command.run = [&shape, &seed](cli::session& session) {
    shape.seed = seed;
    return generate_log(session, shape);
  };
  return cli::run(argc, argv, command);
}
