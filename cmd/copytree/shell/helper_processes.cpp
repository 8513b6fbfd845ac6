// A build with processes.
#include <signal.h>  // NOLINT(modernize-deprecated-headers): sigaction and its kin.

#include <cstdint>
#include <utility>

#include "cli/backend.h"
#include "copytree/shares/board.h"
#include "copytree/shares/share_pool.h"
#include "copytree/shares/worker.h"
#include "copytree/shell/make_helpers.h"
#include "copytree/shell/process.h"
#include "par/processes/process_pool.h"
#include "par/processes/shared_memory.h"
#include "par/processes/start_method.h"

namespace copytree {

namespace {

// What a terminal or timeout(1) sends goes to all processes of a group; it is for the one that runs
// the copy to say what follows. The last two are as in that one.
void ignore_signals() {
  for (const int each : {SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGPIPE, SIGXFSZ})
    static_cast<void>(::signal(each, SIG_IGN));
}

// What a helper does first.
void begin_helping(share_setup setup) {
  ignore_signals();
  static_cast<void>(prepare_process());
  begin_shares(std::move(setup));
}

class helper_processes final : public helpers {
 public:
  helper_processes(std::size_t processes, const options& how, const std::atomic<bool>& stop,
                   counters& counts)
      : memory_(board::size_for(share_pool::places_for(processes))),
        pool_(par::process_pool_options{
            .workers = processes,
            .name = "copy",
            .initializer = par::initializer<&begin_helping>(
                make_share_setup(how, static_cast<std::uint32_t>(processes), memory_))}),
        shares_(pool_, processes, memory_, how, stop, counts) {}

  [[nodiscard]] std::size_t share_size() const override { return shares_.share_size(); }
  [[nodiscard]] bool take(context& run, batch& entries) override {
    return shares_.take(run, entries);
  }
  bool wait_idle() override { return shares_.wait_idle(); }
  [[nodiscard]] rate_limit::account& spent() override { return shares_.spent(); }

 private:
  par::shared_memory memory_;
  par::process_pool pool_;
  share_pool shares_;
};

}  // namespace

bool offers_helpers() {
  return true;
}

// The server that processes come from costs a fork, which a copy without them does not need.
void prepare_helpers(int argc, char** argv) {
  if (cli::may_want_processes(argc, argv)) par::prepare_processes(argc, argv);
}

std::unique_ptr<helpers> make_helpers(std::size_t processes, const options& how,
                                      const std::atomic<bool>& stop, counters& counts) {
  return std::make_unique<helper_processes>(processes, how, stop, counts);
}

std::unique_ptr<helpers> make_helpers(const cli::session& session, const options& how,
                                      counters& counts) {
  if (session.backend_wanted() != cli::backend::processes) return nullptr;
  if (how.when_existing == existing::ask) return nullptr;
  return make_helpers(session.jobs(), how, session.stop(), counts);
}

}  // namespace copytree
