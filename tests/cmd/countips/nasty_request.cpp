#include "cmd/countips/nasty_request.h"

namespace countips {

namespace {

using namespace std::string_literals;
using pieces = std::vector<std::string>;

const pieces clients = {"192.0.2.1",
                        "192.0.2.1",
                        "192.0.2.2",
                        "198.51.100.255",
                        "::ffff:192.0.2.1",
                        "::ffff:c000:201",
                        "2001:db8::1",
                        "2001:DB8:0:0:0::1",
                        "2001:db8:0:0:1:0:0:1",
                        "2001:0db8::1:0:0:1",
                        "fe80::1%eth0",
                        "::1",
                        "host.example.net",
                        "192.0.2.1.isp.test",
                        "192.0.2.1, 10.0.0.1",
                        "2001:db8::7, 192.0.2.1, 10.0.0.1",
                        "-"};
const pieces peers = {"192.0.2.1:50001",     "192.0.2.1:1",         "192.0.2.2:65535",
                      "[2001:db8::1]:50002", "[2001:DB8:0::1]:443", "[::ffff:192.0.2.1]:50003",
                      "198.51.100.9:50004"};
const pieces users = {"-", "-", "-", "-", "alice", "J Q Public", "a[x]", "caf\xc3\xa9", "b@c.test"};
const pieces requests = {"GET / HTTP/1.1",
                         "GET / HTTP/1.1",
                         "GET /index.html?a=1&b=[2] HTTP/2.0",
                         "POST /login HTTP/1.1",
                         "HEAD / HTTP/1.0",
                         "GET /old",
                         "CONNECT example.com:443 HTTP/1.1",
                         "GET http://example.org/ HTTP/1.1",
                         "",
                         "-",
                         "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s,
                         "Gh0st\xad\x00\x00\x00\xe0"s,
                         "GET /\"quoted\" HTTP/1.1",
                         "GET /never\"closed HTTP/1.1",
                         "GET /\\\\\\ HTTP/1.1",
                         "GET /caf\xc3\xa9/\xe9\xff HTTP/1.1",
                         "GET /[09/Mar/2020:00:00:00 +0000] HTTP/1.1",
                         "GET /] [Client 203.0.113.9] [x] HTTP/1.1",
                         "GET /a\" 200 5 \"-\" \"b HTTP/1.1",
                         "GET /{\"client_ip\":\"203.0.113.9\",\"ts\":1} HTTP/1.1",
                         "GET / => generated 5 HTTP/1.1",
                         "SSTP_DUPLEX_POST /sra_{BA195980-CD49}/ HTTP/1.1",
                         "<SCRIPT>NXSSTEST</SCRIPT> / HTTP/1.1",
                         "MGLNDD_192.0.2.99_80"};
const pieces agents = {"Mozilla/5.0 (X11; Linux x86_64)",
                       "Mozilla/5.0 (X11; Linux x86_64)",
                       "curl/8.5.0",
                       "",
                       "-",
                       "say \"hi\" \\",
                       "ends in \"",
                       "}__test|O:21:\"J\":3:{s:2:\"fc\";O:17:\"S\":0:{}s:21:\"\\0\\0\\0d\"",
                       "} [Sun Jun  9 22:00:00 2019] =>",
                       "a [01/Jan/2020:00:00:00 +0000] b",
                       "2020-01-01T00:00:00Z 203.0.113.9",
                       "bad \xfe\xff bytes",
                       "tab\tand\x01 more"};
const pieces statuses = {"200", "200", "200", "304", "404", "400", "499", "503"};
const std::vector<made_time> good_times = {
    {2024, 3, 9, 23, 59, 57, "+0100"},   {2024, 3, 10, 0, 0, 0, "+0100"},
    {2024, 3, 10, 23, 59, 59, "-0500"},  {2024, 2, 29, 12, 0, 0, "+0000"},
    {2016, 12, 31, 23, 59, 60, "+0000"}, {2005, 12, 31, 23, 0, 0, "-0330"}};
const std::vector<made_time> bad_times = {
    {2023, 2, 29, 0, 0, 0, "+0000"},    {2024, 4, 31, 0, 0, 0, "+0000"},
    {2024, 3, 0, 0, 0, 0, "+0000"},     {2024, 3, 32, 0, 0, 0, "+0000"},
    {2024, 3, 10, 24, 0, 0, "+0000"},   {2024, 3, 10, 12, 60, 0, "+0000"},
    {2024, 3, 10, 12, 59, 61, "+0000"}, {2024, 3, 10, 12, 0, 0, "+2400"},
    {2024, 3, 10, 12, 0, 0, "+0060"}};

}  // namespace

made_request request_maker::next() {
  made_request made;
  made.client = one_in(2) ? clients[0] : pick(clients);
  made.peer = one_in(30) ? "-" : pick(peers);
  made.user = pick(users);
  made.time = one_in(15) ? pick(bad_times) : pick(good_times);
  made.request = one_in(2) ? requests[0] : pick(requests);
  made.agent = one_in(2) ? agents[0] : pick(agents);
  made.status = pick(statuses);
  if (one_in(50)) made.request = "GET /" + std::string(8192, 'x') + " HTTP/1.1";
  if (one_in(80)) made.agent += std::string(5000, 'y');
  return made;
}

}  // namespace countips
