// Which format a log is taken for.
#include "countips/formats/recognise.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "countips/formats/clf.h"
#include "countips/formats/known_formats.h"
#include "countips/formats/text_format.h"

namespace countips {
namespace {

std::string name_of(const recognition& found) {
  return found.format == nullptr ? "none" : found.format->name();
}

std::string recognised(const std::string& sample) {
  return name_of(recognise(sample, known_formats()));
}

const std::string head = "192.0.2.1 - - [09/Jun/2024:10:00:00 +0200] ";
const std::string common = head + "\"GET / HTTP/1.1\" 200 5\n";
const std::string combined = head + "\"GET / HTTP/1.1\" 200 5 \"-\" \"Mozilla/5.0 (X11)\"\n";
const std::string vhost = "www.example.org:443 " + combined;
const std::string caddy =
    R"({"level":"info","ts":1717920000.5,"logger":"http.log.access","msg":"handled request",)"
    R"("request":{"remote_ip":"192.0.2.1","client_ip":"192.0.2.1","method":"GET","host":"a",)"
    R"("uri":"/"},"status":200})"
    "\n";

// What programs log of clients, without a trace of a request.
const std::string program_json =
    R"({"time":"2024-06-09T10:00:00Z","level":"info","msg":"signed in","ip":"192.0.2.77"})"
    "\n";
const std::string program_ltsv = "time:2024-06-09T10:00:00Z\tlevel:info\thost:192.0.2.77\n";

std::string replaced(std::string text, const std::string& what, const std::string& instead) {
  return text.replace(text.find(what), what.size(), instead);
}

struct sample_case {
  const char* name;
  std::string text;
  std::string format;
};

const std::vector<sample_case> cases = {
    {"nothing", "", "none"},
    {"blank", "\n \n", "none"},
    {"prose", "This is no log.\nIt has lines, though.\n", "none"},
    {"comments", "#!/bin/sh\n# nothing else\n", "none"},
    {"status",
     R"({"version":6,"nginx_version":"1.9.4","connections":{"accepted":7}})"
     "\n",
     "none"},
    {"errors",
     "2024/06/09 10:00:00 [error] 31#31: *46 open() failed, client: 192.0.2.1, server: a, request: "
     "\"GET / HTTP/1.1\"\n",
     "none"},
    {"syslog without requests", "Jun  9 10:00:00 web1 sshd[7]: Accepted for root from 192.0.2.1\n",
     "none"},
    {"JSON of an application with a name for a client",
     R"({"time":"2024-06-09T10:00:01Z","level":"error","client":"redis-1","message":"lost"})"
     "\n",
     "none"},
    {"a request in JSON that says who shipped it",
     R"({"@timestamp":"2024-06-09T10:00:00Z","client_ip":"10.0.0.9","message":"192.0.2.1 - - )"
     R"([09/Jun/2024:10:00:00 +0200] \"GET / HTTP/1.1\" 200 5"})"
     "\n",
     "common in message"},
    {"prose before a time", "web1 app 12 [09/Jun/2024:10:00:00 +0000] \"job run\" 200 5\n", "none"},
    {"connections of Zeek",
     "#separator \\x09\n#fields\tts\tuid\tid.orig_h\tproto\n1717927201.48\tC1\t192.0.2.1\ttcp\n",
     "none"},
    {"a header behind a byte order mark", "\xef\xbb\xbf#Fields: date time c-ip cs-method\n", "w3c"},
    {"a byte order mark", "\xef\xbb\xbf" + vhost, "vhost_combined"},
    {"a hole", std::string(3000, '\0') + vhost, "vhost_combined"},
    {"a program's log in JSON", program_json, "none"},
    {"a program's log with a time in front", "[12/Oct/2024:06:25:01 +0000] INFO 192.0.2.1 hello\n",
     "none"},
    {"a program's log with a time within",
     "INFO main [06/Feb/2019:00:00:38 +0000] 192.0.2.3 connected to db\n", "none"},
    {"a program's log with seconds", "1157689337.481 4 192.0.2.1 eth0/1 up\n", "none"},
    {"a program's log in columns", "2024-01-01\t10:00:00\tuser bob\t5\t192.0.2.1\tlogin\tok\n",
     "none"},
    {"a program's log with an address in front",
     "192.0.2.1 job started [06/Feb/2019:00:00:38 +0000] in 300 s\n", "none"},
    {"a program's log with an address behind a name",
     "user 192.0.2.1 login [06/Feb/2019:00:00:38 +0000]\n", "none"},
    {"an audit log",
     "--a1b2-A--\n[06/Feb/2019:00:00:38 +0000] Xabc 192.0.2.1 5000 192.0.2.9 80\nHost: a\n",
     "none"},
    {"a request that is torn", head + "\"GET /a", "traefik"},
    {"what was asked for is no matter", head + "x\n", "traefik"},
    {"a status alone", head + "\"-\" 408 -\n", "common"},
    {"a status in JSON that is none",
     R"({"time":"2024-10-12T06:25:01Z","client_ip":"192.0.2.1","status":"failed"})"
     "\n",
     "none"},
    {"a method in JSON that is none",
     R"({"time":"2024-10-12T06:25:01Z","remote_addr":"192.0.2.1","method":"select"})"
     "\n",
     "none"},
    {"a path in JSON that may be a file's",
     R"({"time":"2024-10-12T06:25:01Z","remote_addr":"192.0.2.1","path":"/etc/passwd"})"
     "\n",
     "none"},
    {"a request in JSON that is none",
     R"({"time":"2024-10-12T06:25:01Z","remote_addr":"192.0.2.1","request":"job 5"})"
     "\n",
     "none"},
    {"a path in JSON of nginx alone",
     R"({"time":"2024-10-12T06:25:01Z","remote_addr":"192.0.2.1","request_uri":"/"})"
     "\n",
     "nginx_json"},
    {"a method in LTSV that is none", "time:2024-06-09T10:00:00Z\thost:192.0.2.77\tmethod:pop3\n",
     "none"},
    {"the status of a server in LTSV", "time:2024-06-09T10:00:00Z\thost:web01\tstatus:200\n",
     "none"},
    {"a status in LTSV", "time:2024-06-09T10:00:00Z\thost:192.0.2.77\tstatus:200\n", "ltsv"},
    {"a program's log in LTSV", program_ltsv, "none"},
    {"Caddy among a program's messages in JSON", program_json + program_json + program_json + caddy,
     "caddy"},
    {"Zeek behind a program's messages in LTSV",
     program_ltsv + program_ltsv + "#fields\tts\tid.orig_h\tmethod\n1717920000.5\t192.0.2.1\tGET\n",
     "zeek"},
    {"what has no address where S3 has one",
     "www.example.com 192.0.2.1 [09/Jun/2024:10:00:00 +0200] \"GET\" 200 5 \"-\" \"x\"\n",
     "host_client_time"},
    {"unrouted requests only", replaced(caddy, "handled request", "NOP"), "caddy"},
    {"a header alone", "#Version: 1.0\n#Fields: date time c-ip cs-method\n", "w3c"},
    {"one line without its end", combined.substr(0, combined.size() - 1), "combined"},
    {"common", common, "common"},
    {"combined", combined, "combined"},
    {"combined with CRLF", combined.substr(0, combined.size() - 1) + "\r\n", "combined"},
    {"combined and a field", combined.substr(0, combined.size() - 1) + " 0.013\n", "combined"},
    {"combined below comments", "# old format\n# see below\n" + combined, "combined"},
    {"combined among errors", "oops\noops\noops\n" + combined, "combined"},
    {"common among combined", combined + common + combined, "combined"},
    {"some more common than combined", combined + common + common, "common"},
    {"vhost among combined", combined + vhost + combined, "combined"},
    {"Caddy", caddy, "caddy"},
    {"Caddy in compose", "web-1  | " + caddy, "caddy in compose"},
    {"syslog in compose", "log | Jun  9 10:00:00 web1 nginx: " + combined,
     "combined in syslog in compose"},
    {"what may be a port but is an address", "2001:db8::12:34" + combined.substr(9), "combined"},
    {"an address with a port", "192.0.2.1:40001" + combined.substr(9), "port_combined"},
    {"a list of proxies", "192.0.2.1, 10.0.0.1" + combined.substr(9), "combined"},
    {"a prefix of a few lines among others",
     "oops\noops\noops\nJun  9 10:00:00 w nginx: " + combined, "combined in syslog"},
    {"a name behind a prefix",
     "<190>Jun 19 10:00:00 web1 nginx: host.example.net" + combined.substr(9),
     "combined in syslog"},
    {"the prefix of most lines",
     "Jun  9 10:00:00 w nginx: " + combined + "Jun  9 10:00:00 w nginx: " + combined + "oops\n",
     "combined in syslog"},
    {"the time in front of what a container said", "2024-06-09T08:00:00.5Z " + combined,
     "combined in timestamp"},
    {"a time and a program in front, where a load balancer has its own name and that of a client",
     "2024-06-09T08:00:00.5+00:00 app[web.1]: " + combined, "combined in syslog"},
    {"what looks like a prefix but belongs to the format",
     "Jun  9 10:00:00 lb haproxy[7]: 192.0.2.1:50000 [09/Jun/2024:10:00:00.123] web app/n "
     "0/0/0/1/1 200 5 - - ---- 1/1/0/0/0 0/0 \"GET / HTTP/1.1\"\n",
     "haproxy"},
};

TEST(recognise, finds_the_format_or_none) {
  for (const sample_case& c : cases) EXPECT_EQ(recognised(c.text), c.format) << c.name;
}

// The host may be an address too, and a line may lack its client.
TEST(recognise, takes_for_the_host_what_stays_as_it_is) {
  struct host_case {
    const char* name;
    std::string host, odd_line, format;
  };
  const std::string tail = combined.substr(9);
  const std::vector<host_case> hosts = {
      {"with a port", "127.0.1.1:80", "127.0.1.1:80" + tail, "vhost_combined"},
      {"with a port behind brackets", "[2001:db8::1]:443", "[2001:db8::1]:443" + tail,
       "vhost_combined"},
      {"without", "127.0.1.1", "127.0.1.1" + tail, "host_combined"},
      {"of another name at last", "192.0.2.10", "www.example.com 192.0.2.77" + tail,
       "host_combined"},
  };
  for (const host_case& c : hosts) {
    SCOPED_TRACE(c.name);
    std::string behind, in_front;
    for (int i = 1; i < 100; ++i) {
      const std::string varying = "203.0.113." + std::to_string(i);
      behind += c.host + ' ' + varying + tail;
      in_front += varying + ' ' + c.host + tail;
    }
    EXPECT_EQ(recognised(c.odd_line + behind), c.format);
    if (c.host.find(':') == std::string::npos) {
      EXPECT_EQ(recognised(in_front), "client_host_combined");
    }
  }
}

// The second address may be what a proxy says of the client, with the user behind it.
TEST(recognise, takes_one_word_behind_two_addresses_for_the_user) {
  std::string text;
  for (int i = 1; i < 10; ++i) {
    text += "10.0.0.1 203.0.113." + std::to_string(i) + " bob" + combined.substr(13);
  }
  EXPECT_EQ(recognised(text), "client_host_combined");
}

// One client may ask several hosts for something.
TEST(recognise, takes_names_behind_an_address_for_hosts) {
  std::string text;
  for (const char* host : {"a.example", "b.example", "c.example", "d.example"}) {
    text += "192.0.2.1 " + (host + combined.substr(9));
  }
  EXPECT_EQ(recognised(text), "client_host_combined");
}

TEST(recognise, tells_its_evidence) {
  const recognition found = recognise(combined + "\n" + common + "oops\n", known_formats());
  EXPECT_EQ(found.lines, 3u);
  ASSERT_FALSE(found.candidates.empty());
  const candidate& best = found.candidates.front();
  EXPECT_EQ(best.format, found.format);
  EXPECT_EQ(best.counts.accepted, 2u);
  EXPECT_EQ(best.counts.rejected, 1u);
  EXPECT_EQ(best.fitting, 1u);
}

TEST(recognise, chooses_only_among_what_it_is_given) {
  const format_list formats = {*compile_log_format("%h %t \"%r\" %>s"),
                               *compile_log_format("common")};
  EXPECT_EQ(name_of(recognise(combined, formats)), "common");
  EXPECT_EQ(name_of(recognise(caddy, formats)), "none");
  EXPECT_EQ(name_of(recognise(combined, {})), "none");
}

// No line of chance is taken for a request, nor does any sample upset it.
TEST(recognise, finds_nothing_in_noise) {
  std::mt19937 random(17);
  const std::string some = R"( :[]{}",-/.#|0123456789abcdefGET+)"
                           "\n\t\x01\xff";
  for (int round = 0; round < 300; ++round) {
    std::string noise(random() % 2000, ' ');
    std::ranges::generate(noise, [&] { return some[random() % some.size()]; });
    EXPECT_EQ(recognised(noise), "none") << noise;
  }
}

}  // namespace
}  // namespace countips
