// countips and the formats of logs, as a user asks for them.
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "e2e/countips_runs.h"
#include "support/content_of.h"
#include "support/run.h"
#include "support/temp_dir.h"

namespace {

using support::content_of;
using support::run;
using support::run_options;
using support::run_result;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string samples = SOURCE_DIR "/data/samples/";

class countips_formats : public ::testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& content) {
    std::ofstream(directory_.path() / name, std::ios::binary) << content;
    return directory_.path() / name;
  }
  std::string path(const std::string& name) { return directory_.path() / name; }

  support::temp_dir directory_;
};

const std::string hit = "192.0.2.1 - - [09/Jun/2024:10:00:00 +0200] \"GET / HTTP/1.1\" 200 5\n";
const std::string odd = "10:00:00,09.06.2024;user=7;192.0.2.1\n";

TEST_F(countips_formats, of_several_logs_are_found_by_themselves) {
  const run_result result = count_rows(
      {"--by", "total", samples + "caddy.log", samples + "w3c.log", samples + "cri.log"});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(result.out, "total\t48\t15\n");
}

TEST_F(countips_formats, can_be_named_or_given) {
  const std::string log = write("log", "a.example.org " + hit + "b.example.org " + hit);
  for (const char* format :
       {"host_common", "%v %h %l %u %t \"%r\" %>s %b",
        "$host $remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent",
        "^\\S+ (?P<client>\\S+) .*\\[(?P<time>[^]]+)\\]"}) {
    EXPECT_EQ(count_rows({"--log-format", format, log}).out, "2024-06-09\t2\t1\n") << format;
  }
  const run_result odd_one =
      count_rows({"--log-format", "(?P<time_clf>never)|(?P<client>never)", write("odd", odd)});
  EXPECT_EQ(odd_one.status, 1);
  EXPECT_EQ(odd_one.out, "");
}

TEST_F(countips_formats, that_are_none_are_usage_errors) {
  for (const char* format : {"nosuch", "%h %u", "$remote_addr $status", "(?P<client>", "",
                             "(?P<time>x)", R"({"client":"$remote_addr"})", R"({"time":"%t"})"}) {
    const run_result result = count_rows({"--log-format", format}, {.input = hit});
    EXPECT_EQ(result.status, 2) << format;
    EXPECT_THAT(result.err, HasSubstr("log")) << format;
    EXPECT_EQ(result.out, "");
  }
}

TEST_F(countips_formats, may_be_defined_by_a_configuration) {
  const std::string nginx = write("nginx.conf", R"(http {
  log_format odd '<$time_iso8601> by $remote_addr for "$request"';
  log_format bad '$status';
  access_log /var/log/nginx/access.log odd;
})");
  const std::string log =
      write("log", "<2024-06-09T10:00:00+02:00> by 192.0.2.1 for \"x\"\n" + hit);
  const run_result found = count_rows({"--conf", nginx, log});
  EXPECT_EQ(found.out, "2024-06-09\t2\t1\n");
  EXPECT_EQ(found.status, 0);
  EXPECT_THAT(found.err, HasSubstr("log format 'bad' is left out: "));
  EXPECT_EQ(count_rows({"--conf", nginx, "--log-format=odd", log}).out, "2024-06-09\t1\t1\n");
  EXPECT_EQ(count_rows({"--conf", nginx, "--log-format=even", log}).status, 2);
  EXPECT_EQ(count_rows({"--conf", write("empty.conf", "http {}"), log}).status, 2);
  const run_result missing = count_rows({"--conf", path("missing.conf"), log});
  EXPECT_EQ(missing.status, 2);
  EXPECT_THAT(missing.err, HasSubstr("missing.conf': No such file or directory"));
}

TEST_F(countips_formats, may_be_a_log_s_own_in_a_configuration) {
  const std::string apache = write("httpd.conf", "CustomLog logs/x \"%h|%t|%r\"\n");
  const std::string log = write("log", "192.0.2.1|[09/Jun/2024:10:00:00 +0000]|GET / HTTP/1.1\n");
  EXPECT_EQ(count_rows({"--conf", apache, log}).out, "2024-06-09\t1\t1\n");
}

const std::string json_hits = R"({"seen_by":{"ip":"192.0.2.1"},"when":"2024-06-09T10:00:00+02:00"}
{"seen_by":{"ip":"2001:db8::1"},"when":"2024-06-09T11:00:00+02:00"}
{"seen_by":{"ip":"-"},"when":"2024-06-09T11:00:00+02:00"}
)";

TEST_F(countips_formats, may_be_json_under_keys_of_any_name) {
  const std::string log = write("log", json_hits);
  EXPECT_EQ(count_rows({log}).status, 1);
  for (const char* format : {R"({"seen_by":{"ip":"$remote_addr"},"when":"$time_iso8601"})",
                             R"({"seen_by":{"ip":"%a"},"when":"%{%FT%T%z}t"})"}) {
    const run_result given = count_rows({"--log-format", format, log});
    EXPECT_EQ(given.out, "2024-06-09\t2\t2\n") << given.err;
    EXPECT_THAT(given.err, HasSubstr("1 rejected line"));
  }
  const std::string nginx = write("nginx.conf", R"(log_format mine escape=json
  '{"seen_by":{"ip":"$remote_addr"},'
   '"when":"$time_iso8601"}';
log_format torn escape=json '{"when":"$time_iso8601"}';)");
  const run_result configured = count_rows({"--conf", nginx, log});
  EXPECT_EQ(configured.out, "2024-06-09\t2\t2\n");
  EXPECT_THAT(configured.err, HasSubstr("log format 'torn' is left out: no client: "));
  const std::string apache =
      write("httpd.conf",
            R"(LogFormat "{\"seen_by\":{\"ip\":\"%a\"},\"when\":\"%{%Y-%m-%dT%H:%M:%S%z}t\"}" mine)"
            "\n");
  EXPECT_EQ(count_rows({"--conf", apache, log}).out, "2024-06-09\t2\t2\n");
}

TEST_F(countips_formats, are_explained) {
  const run_result result =
      count_rows({"--explain", samples + "vhost_combined.log", "-"}, {.input = "no log\nat all\n"});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.out,
              StartsWith(samples + "vhost_combined.log\n  format      vhost_combined\n"));
  EXPECT_THAT(result.out, HasSubstr("\n  evidence    vhost_combined (19 of 24 lines, "));
  EXPECT_THAT(result.out,
              HasSubstr("\n  lines       25: 19 requests, 1 blank, 5 rejected (20.8 %)\n"));
  EXPECT_THAT(result.out, HasSubstr("\n  line 18: no valid time: "));
  EXPECT_THAT(result.out, HasSubstr("standard input\n  format      none that is known\n"));
  EXPECT_EQ(count_rows({"--explain", "--follow", samples + "common.log"}).status, 2);
}

// The lines below a command of README.md, up to the next one or the end of the block.
std::string shown_below(const std::string& command) {
  const std::string readme = content_of(SOURCE_DIR "/README.md");
  const std::size_t found = readme.find("\n$ " + command + "\n");
  if (found == std::string::npos) return "there is no such command";
  const std::size_t begin = readme.find('\n', found + 1) + 1;
  const std::size_t end = std::min(readme.find("```", begin), readme.find("\n$ ", begin) + 1);
  return readme.substr(begin, end - begin);
}

TEST_F(countips_formats, are_explained_as_the_readme_shows) {
  const std::string command = "countips --explain data/samples/vhost_combined.log | head -7";
  const run_result result = run({"sh", "-c", BIN_DIR "/" + command}, {.directory = SOURCE_DIR});
  EXPECT_EQ(result.out, shown_below(command));
}

TEST_F(countips_formats, behind_a_proxy_are_read_as_the_readme_shows) {
  const std::string command =
      "countips --client-field forwarded --tz utc --top 1 data/samples/caddy.log";
  const run_result result =
      run({"sh", "-c", BIN_DIR "/" + command + " --format=table"}, {.directory = SOURCE_DIR});
  EXPECT_EQ(result.out, shown_below(command));
}

TEST_F(countips_formats, rejected_lines_are_told_with_their_reasons) {
  const std::string log = write("log", hit + "torn\x1b[31m\n" + hit + "- - " + hit.substr(9));
  const std::string no_client = "- - " + hit.substr(9);
  const run_result shown = count_rows({"--rejects", log});
  EXPECT_EQ(shown.status, 0);
  EXPECT_EQ(shown.out, "2024-06-09\t2\t1\n");
  EXPECT_THAT(shown.err, StartsWith(log + ":2: not of the format: torn\\033[31m\n" + log +
                                    ":4: no client: " + no_client));
  const run_result kept = count_rows({"--rejects=" + path("bad"), log, log + "x"});
  EXPECT_EQ(content_of(path("bad")),
            log + ":2: not of the format: torn\x1b[31m\n" + log + ":4: no client: " + no_client);
  EXPECT_EQ(count_rows({"--rejects=" + path("no/such"), log}).status, 2);
  const run_result full = count_rows({"--rejects=/dev/full", log});
  EXPECT_EQ(full.status, 1);
  EXPECT_THAT(full.err, HasSubstr("cannot write '/dev/full': No space left on device"));
}

TEST_F(countips_formats, no_input_is_overwritten) {
  const std::string log = write("log", hit + "torn\n");
  const std::string other = path("other_name");
  std::filesystem::create_hard_link(log, other);
  for (const std::string& out : {log, other}) {
    for (const char* option : {"--rejects=", "--html="}) {
      for (const std::string& in : {log, path("other_*"), path("")}) {
        const run_result result = count_rows({option + out, in});
        EXPECT_EQ(result.status, 2);
        EXPECT_EQ(result.out, "");
        EXPECT_THAT(result.err, HasSubstr("cannot write '" + out + "': it is one of the inputs"));
        EXPECT_EQ(content_of(log), hit + "torn\n");
      }
    }
  }
}

// As in countips --html access.log, where a name is missing.
TEST_F(countips_formats, a_page_replaces_nothing_but_a_page) {
  for (const std::string& content : {hit, std::string("<!"), std::string("x")}) {
    const std::string kept = write("kept", content);
    const run_result result = count_rows({"--html", kept}, {.input = hit});
    EXPECT_EQ(result.status, 2);
    EXPECT_THAT(result.err, HasSubstr("cannot write '" + kept + "': it holds something else"));
    EXPECT_EQ(content_of(kept), content);
  }
  for (const char* const content : {"", "<!DOCTYPE html><title>old</title>"}) {
    const std::string page = write("page", content);
    EXPECT_EQ(count_rows({"--html", page}, {.input = hit}).status, 0);
    EXPECT_THAT(content_of(page), HasSubstr("</html>"));
  }
}

TEST_F(countips_formats, nothing_else_that_is_read_is_overwritten) {
  const std::string log = write("log", hit + "torn\n");
  const std::string conf = write("nginx.conf", "log_format x '$remote_addr [$time_local]';\n");
  const std::string list = write("list", log);
  const std::vector<std::vector<std::string>> cases = {
      {"--rejects=" + conf, "--conf", conf, log},
      {"--html=" + list, "--files0-from", list},
      {"--rejects=" + path("both"), "--html=" + path("both"), log},
      {"--rejects=" + path("new"), path("")},
  };
  for (const std::vector<std::string>& arguments : cases) {
    const run_result result = count_rows(arguments);
    EXPECT_EQ(result.status, 2) << arguments[0];
    EXPECT_THAT(result.err, HasSubstr("cannot write '")) << arguments[0];
  }
  EXPECT_EQ(count_rows({"--html=" + log}, {.stdin_from = log}).status, 2);
  EXPECT_EQ(content_of(log), hit + "torn\n");
  EXPECT_EQ(content_of(list), log);
}

TEST_F(countips_formats, options_that_contradict_each_other_are_usage_errors) {
  const std::string log = write("log", hit);
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"--conf=-"},
                                             {"--conf=-", "-"},
                                             {"--explain", "--html=page", log},
                                             {"--rejects=-", log}}) {
    EXPECT_EQ(count_rows(arguments).status, 2) << arguments[0];
  }
}

TEST_F(countips_formats, too_many_rejected_lines_are_an_error) {
  const std::string log = write("log", hit + "torn\n" + hit + "\n# a comment\n" + hit);
  for (const char* enough : {"1", "25%", "100"}) {
    EXPECT_EQ(count_rows({"--max-bad", enough, log}).status, 0) << enough;
  }
  for (const char* less : {"0", "24.9%"}) {
    const run_result result = count_rows({"--max-bad", less, log});
    EXPECT_EQ(result.status, 1) << less;
    EXPECT_EQ(result.out, "2024-06-09\t3\t1\n");
    EXPECT_THAT(result.err, HasSubstr("1 of 4 lines are rejected"));
  }
  EXPECT_EQ(count_rows({"--max-bad", "some", log}).status, 2);
}

}  // namespace
