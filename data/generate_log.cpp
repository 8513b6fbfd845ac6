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

cli::option format(const generate::line_writer*& target) {
  cli::option made{.name = "format",
                   .argument = "NAME",
                   .help = "The format of the lines.",
                   .preset = std::string(target->name),
                   .apply = [&target](std::string_view name) -> cli::applied {
                     target = generate::line_writer_named(name);
                     return {};  // The parser has checked the name against choices.
                   }};
  for (const generate::line_writer& each : generate::line_writers()) {
    made.choices.emplace_back(each.name);
  }
  return made;
}

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

cli::status generate_log(cli::session& session, const generate::log_shape& shape,
                         const generate::line_writer& writer) {
  constexpr std::size_t batch = std::size_t{64} << 10;
  generate::log_maker maker(shape, writer);
  std::string text;
  maker.append_header(text);
  for (std::size_t i = 0; i < shape.lines && !session.out().failed() && !session.stop(); ++i) {
    maker.append_line(text);
    if (text.size() < batch) continue;
    session.out().write(text);
    text.clear();
  }
  session.out().write(text);
  return cli::status::done;
}

std::vector<cli::option> make_options(generate::log_shape& shape, std::size_t& seed,
                                      const generate::line_writer*& writer) {
  return {
      format(writer),
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
  const generate::line_writer* writer = &generate::line_writers().front();
  cli::command command;
  command.name = "generate_log";
  command.summary = "Write a made-up access log";
  command.operands.most = 0;
  command.operands.completion = "none";
  command.examples = {
      {"generate_log --lines 4000000 --clients 200000 > access.log", "700 MB, seven days"}};
  command.options = make_options(shape, seed, writer);
  command.run = [&shape, &seed, &writer](cli::session& session) {
    shape.seed = seed;
    return generate_log(session, shape, *writer);
  };
  return cli::run(argc, argv, command);
}
