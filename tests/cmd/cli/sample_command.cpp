// A command that does nothing but what a test tells it to: bar, messages, output, ways to end.
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "cli/command.h"

namespace {

using namespace std::chrono_literals;

enum class ending { done, errors, usage, memory, failure };

struct settings {
  std::size_t milliseconds = 0;
  std::size_t total = 100;
  std::size_t messages = 0;
  std::size_t output = 0;
  bool stubborn = false;
  bool read_input = false;
  bool all_cores = false;
  std::string path = "some/where";
  ending end = ending::done;
};

bool is_over(const settings& wanted, std::chrono::steady_clock::time_point start,
             const cli::session& session) {
  if (!wanted.stubborn && session.stop()) return true;
  return std::chrono::steady_clock::now() - start >= std::chrono::milliseconds(wanted.milliseconds);
}

void work_under_bar(cli::session& session, const settings& wanted) {
  std::atomic<std::uint64_t> done = 0;
  const cli::progress_bar bar = session.show_progress([&] {
    return cli::progress_sample{
        .items = done, .items_total = wanted.total, .current = wanted.path, .unit = "steps"};
  });
  const auto start = std::chrono::steady_clock::now();
  bool refused = !wanted.stubborn;
  for (std::size_t said = 0; !is_over(wanted, start, session); ++done) {
    if (session.stop() && !std::exchange(refused, true)) session.log().note("stubborn");
    if (said < wanted.messages) session.log().note("message " + std::to_string(++said));
    std::this_thread::sleep_for(1ms);
  }
}

void read_input(cli::session& session) {
  session.log().plain("reading");
  char byte = 0;
  while (!session.stop() && ::read(STDIN_FILENO, &byte, 1) == 1) {
  }
}

void run_on_all_cores(cli::session& session) {
  std::atomic<int> sum = 0;
  const auto executor = session.make_executor();
  for (int i = 0; i < 100; ++i) executor->post([&] { ++sum; });
  executor->wait_idle();
  session.out().write(std::to_string(sum) + " " + std::to_string(session.jobs()) + "\n");
}

cli::status end(cli::session& session, ending how) {
  if (how == ending::errors) session.log().error("cannot open 'x': " + cli::reason(2));
  if (how == ending::usage) throw cli::usage_error("A and B do not go together");
  if (how == ending::memory) throw std::bad_alloc();
  if (how == ending::failure) throw std::runtime_error("unforeseen");
  return cli::status::done;
}

cli::status run(cli::session& session, const settings& wanted) {
  // ThreadSanitizer (GCC 12) may lose a signal that arrives during a thread's first blocking call,
  // while it makes room to note it: so that call is over before a test sees anything.
  std::this_thread::sleep_for(1ms);
  for (const std::string& operand : session.operands()) session.out().write(operand + "\n");
  for (std::size_t i = 0; i < wanted.output && !session.out().failed(); ++i) {
    session.out().write("0123456789\n");
  }
  if (wanted.read_input) read_input(session);
  if (wanted.all_cores) run_on_all_cores(session);
  if (wanted.milliseconds > 0) work_under_bar(session, wanted);
  if (!session.quiet() && wanted.milliseconds > 0) session.log().plain("summary");
  return end(session, wanted.end);
}

std::vector<cli::option> options(settings& wanted) {
  return {cli::number("for", 'f', "MS", "Work for so many milliseconds, with a progress bar.",
                      wanted.milliseconds, 0, 100'000),
          cli::number("total", 't', "N", "Steps there are in all.", wanted.total, 0, 1'000'000),
          cli::number("messages", 'm', "N", "Messages to print on the way.", wanted.messages, 0,
                      1'000'000),
          cli::number("output", 'o', "N", "Lines to print.", wanted.output, 0, 100'000'000),
          cli::flag("stubborn", 's', "Do not stop on signals.", wanted.stubborn),
          cli::flag("read", 'r', "Read standard input to its end.", wanted.read_input),
          cli::flag("all-cores", 'a', "Run a hundred tasks.", wanted.all_cores),
          cli::text("path", 'p', "FILE", "What the bar says is worked on.", wanted.path),
          cli::choice<ending>("end", 'e', "HOW", "How to end.",
                              {{"done", ending::done},
                               {"errors", ending::errors},
                               {"usage", ending::usage},
                               {"memory", ending::memory},
                               {"failure", ending::failure}},
                              wanted.end)};
}

}  // namespace

int main(int argc, char** argv) {
  settings wanted;
  return cli::run(argc, argv,
                  {.name = "sample",
                   .summary = "Do what a test says",
                   .operands = {.usage = "[WORD]...", .most = 3},
                   .examples = {{"sample --for 100", "work a little"}},
                   .options = options(wanted),
                   .notes = "Exit status: as the test wants it.",
                   .run = [&](cli::session& session) { return run(session, wanted); }});
}
