// The page of countips --html, as a browser shows it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

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
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const std::string sample = SOURCE_DIR "/data/samples/combined.log";

class countips_html : public ::testing::Test {
 protected:
  [[nodiscard]] std::string path(const std::string& name) const { return directory_.path() / name; }

  std::string write(const std::string& name, const std::string& content) {
    std::ofstream(path(name), std::ios::binary) << content;
    return path(name);
  }

  support::temp_dir directory_;
};

TEST_F(countips_html, comes_beside_the_answer) {
  const run_result result = countips({"--html", path("page.html"), sample});
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.out, countips({sample}).out);
  EXPECT_THAT(content_of(path("page.html")),
              AllOf(StartsWith("<!doctype html>"), HasSubstr("<dd>7</dd>"),
                    HasSubstr("<title>2024-02-29: 3 requests; 3 clients</title>")));
}

TEST_F(countips_html, takes_the_place_of_the_answer_on_standard_output) {
  EXPECT_EQ(countips({"--html", path("page.html"), sample}).status, 0);
  EXPECT_EQ(countips({"--html=-", sample}).out, content_of(path("page.html")));
  EXPECT_EQ(countips({"--html=-", "--follow"}, {.input = content_of(sample)}).out,
            content_of(path("page.html")));
}

TEST_F(countips_html, comes_at_the_end_of_following) {
  const run_result result =
      countips({"--html", path("page.html"), "--follow"}, {.input = content_of(sample)});
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.out, HasSubstr(R"({"day": "2024-02-29", "requests": 3, "clients": 3})"));
  EXPECT_THAT(content_of(path("page.html")), HasSubstr("<dd>7</dd>"));
}

TEST_F(countips_html, tells_where_it_cannot_be_written) {
  const std::string page = path("missing/page.html");
  const run_result result = countips({"--html", page, sample});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.out, countips({sample}).out);
  EXPECT_EQ(result.err, "countips: cannot write '" + page + "': No such file or directory\n");
}

TEST_F(countips_html, tells_of_what_was_not_counted) {
  const std::string log = SOURCE_DIR "/data/samples/nasty.log";
  countips({"--html", path("page.html"), log, path("missing")});
  EXPECT_THAT(content_of(path("page.html")),
              AllOf(HasSubstr("nasty.log&#39;: 7 rejected lines, first at line 14</li>"),
                    HasSubstr("missing&#39;: No such file or directory</li>")));
}

std::string browser() {
  for (const char* name : {"chromium", "chromium-browser", "google-chrome"}) {
    if (run({"sh", "-c", std::string("command -v ") + name}).status == 0) return name;
  }
  return {};
}

#define SKIP_WITHOUT_BROWSER() \
  if (browser().empty()) GTEST_SKIP() << "no Chromium"

// As an attribute's value in double quotes.
std::string attribute(const std::string& text) {
  std::string safe;
  for (const char c : text) safe += c == '&' ? "&amp;" : c == '"' ? "&quot;" : std::string(1, c);
  return safe;
}

// Holds the page in a frame and looks at it from outside, since nothing runs inside: texts that
// touch or are cut off, and what was loaded. No pointer can be moved there, and nothing printed:
// the rules for :hover are made to hold for a class, and those for print everywhere.
constexpr const char* inspection = R"(<pre id="found">nothing</pre><script>
onload = () => {
  const frame = document.querySelector('iframe');
  const page = frame.contentDocument;
  const count = what => page.querySelectorAll(what).length;
  const boxes = [...page.querySelectorAll('svg text:not(.shown)')].map(text => {
    const box = text.getBoundingClientRect();
    return {left: box.left, right: box.right, top: box.top + 2, bottom: box.bottom - 2,
            text: text.textContent};
  });
  const svg = page.querySelector('svg').getBoundingClientRect();
  const touching = boxes.filter((a, i) => boxes.some((b, k) => k < i && a.left < b.right &&
      b.left < a.right && a.top < b.bottom && b.top < a.bottom));
  const outside = boxes.filter(a => a.left < svg.left - 1 || a.right > svg.right + 1 ||
      a.top < svg.top - 1 || a.bottom > svg.bottom + 1);
  const subpaths = what => (page.querySelector(what)?.getAttribute('d').match(/M/g) ?? []).length;
  const names = list => list.map(a => a.text).join(',');
  const visible = [...page.querySelectorAll('.shown')].filter(
      text => frame.contentWindow.getComputedStyle(text).visibility == 'visible');
  const style = what => frame.contentWindow.getComputedStyle(what);
  const isWide = page.documentElement.scrollWidth > frame.clientWidth;
  const hover = slot => {
    const sheet = page.styleSheets[0];
    for (const rule of [...sheet.cssRules]) {
      if (!rule.selectorText?.includes(':hover')) continue;
      sheet.insertRule(rule.cssText.replaceAll(':hover', '.hovered'), sheet.cssRules.length);
    }
    const fill = style(slot.querySelector('.target')).fill;
    slot.classList.add('hovered');
    const told = [...page.querySelectorAll('.shown')].filter(
        text => style(text).visibility == 'visible');
    return style(slot.querySelector('.target')).fill != fill &&
        told.every(text => slot.contains(text)) &&
        (count('.shown') == 0 || /[0-9]/.test(told.map(text => text.textContent).join()));
  };
  const print = () => {
    for (const rule of page.styleSheets[0].cssRules) {
      if (rule.media?.mediaText == 'print') rule.media.mediaText = 'all';
    }
    return [...page.querySelectorAll('.shown')].every(text => style(text).display == 'none') &&
        style(page.querySelector('main')).maxWidth == 'none' &&
        style(page.querySelector('.scroll')).overflowX == 'visible' &&
        style(page.querySelector('svg')).printColorAdjust == 'exact' &&
        style(page.querySelector('tr')).breakInside == 'avoid';
  };
  const slots = [...page.querySelectorAll('.slot')];
  const hovers = slots.length > 0 && hover(slots[Math.floor(slots.length / 2)]);
  const prints = slots.length > 0 && print();
  document.getElementById('found').textContent = [
    'slots=' + count('.slot'),
    'columns=' + subpaths('.columns.requests') + '+' + subpaths('.columns.clients'),
    'bars=' + count('.bar.requests') + '+' + count('.bar.clients'),
    'rows=' + count('tbody tr'),
    'touching=' + names(touching), 'outside=' + names(outside),
    'readouts=' + visible.length,
    'wide=' + isWide,
    'hovers=' + hovers, 'prints=' + prints,
    'elements=' + count('script, img, iframe, link:not([rel=icon]), object, embed'),
    'loaded=' + frame.contentWindow.performance.getEntriesByType('resource').length,
  ].join('; ');
};
</script>)";

struct inspected {
  std::string found;
  std::string errors = {};  // Of the browser's console.
};

// In a window so many pixels wide.
inspected inspect_page(const std::string& page, const std::string& folder, int width) {
  std::ofstream(folder + "/frame.html")
      << "<!doctype html><meta charset=utf-8><iframe style=\"width:" << width
      << "px;height:900px;border:0\" srcdoc=\"" << attribute(page) << "\"></iframe>" << inspection;
  const run_result result =
      run({browser(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
           "--enable-logging=stderr", "--user-data-dir=" + folder + "/profile", "--dump-dom",
           "file://" + folder + "/frame.html"},
          {.environment = {"HOME=" + folder}});
  const std::size_t begin = result.out.find("<pre id=\"found\">") + 16;
  inspected made{.found = result.out.substr(begin, result.out.find("</pre>", begin) - begin)};
  for (std::size_t at = 0; (at = result.err.find(":CONSOLE", at)) != std::string::npos; ++at) {
    made.errors += result.err.substr(at, result.err.find('\n', at) - at) + '\n';
  }
  return made;
}

// The page that countips makes of a log.
inspected inspect(std::vector<std::string> arguments, const std::string& log,
                  const std::string& folder, int width = 1100) {
  arguments.insert(arguments.begin(), {"--html", "-"});
  return inspect_page(countips(std::move(arguments), {.input = log}).out, folder, width);
}

// What is found of a page on which nothing is wrong.
std::string sound(const std::string& counts) {
  return counts +
         "; touching=; outside=; readouts=0; wide=false; hovers=true; prints=true; elements=0; "
         "loaded=0";
}

std::string log_of_days(int days) {
  const run_result log = run({BIN_DIR "/generate_log", "--lines", std::to_string(days * 20),
                              "--clients", "40", "--days", std::to_string(days), "--skew", "0"});
  EXPECT_EQ(log.status, 0) << log.err;
  return log.out;
}

struct page_case {
  int days;
  const char* by;
  int width;
  const char* counts;
};

const page_case cases[] = {
    {1, "day", 1100, "slots=1; columns=1+1; bars=0+0; rows=1"},
    {7, "day", 1100, "slots=7; columns=7+7; bars=0+0; rows=7"},
    {31, "day", 1100, "slots=31; columns=31+31; bars=0+0; rows=31"},
    {31, "day", 400, "slots=31; columns=31+31; bars=0+0; rows=31"},
    {400, "day", 1100, "slots=400; columns=400+400; bars=0+0; rows=400"},
    {1500, "day", 1100, "slots=375; columns=375+375; bars=0+0; rows=1500"},
    {400, "week", 1100, "slots=58; columns=58+58; bars=0+0; rows=58"},
    {400, "month", 1100, "slots=14; columns=14+14; bars=0+0; rows=14"},
    {7, "hour", 1100, "slots=167; columns=140+140; bars=0+0; rows=140"},
};

TEST_F(countips_html, shows_every_span_of_time_and_no_label_on_another) {
  SKIP_WITHOUT_BROWSER();
  for (const page_case& c : cases) {
    SCOPED_TRACE(::testing::Message() << c.days << " days by " << c.by << " at " << c.width);
    const inspected page = inspect({"--by", c.by}, log_of_days(c.days), directory_.path(), c.width);
    EXPECT_EQ(page.found, sound(c.counts));
    EXPECT_EQ(page.errors, "");
  }
}

TEST_F(countips_html, shows_names_as_they_are) {
  SKIP_WITHOUT_BROWSER();
  const std::string hit = content_of(sample);
  std::vector<std::string> arguments = {"--by", "file"};
  for (const char* name :
       {"<script>document.title='ran'<|script>", "\"'&amp;<b>", "line\nbreak\x1b[31m",
        "bad \xff\xfe", "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e",
        "a name as long as those that nobody can read in one glance, and then some"}) {
    arguments.push_back(write(name, hit));
  }
  const inspected page = inspect(arguments, {}, directory_.path());
  EXPECT_EQ(page.found, sound("slots=6; columns=0+0; bars=6+6; rows=6"));
  EXPECT_EQ(page.errors, "");
}

TEST_F(countips_html, is_looked_at_in_earnest) {
  SKIP_WITHOUT_BROWSER();
  const std::string bad = directory_.path() / "bad.html";
  std::ofstream(bad) << "<svg viewBox='0 0 9 9'><text x=1 y=5>one</text><text x=1 "
                        "y=5>two</text><text class=shown>three</text>"
                        "</svg><img src='http://127.0.0.1:9/none'><script>nothing()</script>";
  const inspected page = inspect_page(content_of(bad), directory_.path(), 1100);
  EXPECT_THAT(page.found, HasSubstr("touching=two; outside=one,two; readouts=1"));
  EXPECT_THAT(page.found, HasSubstr("elements=2; loaded=1"));
  EXPECT_THAT(page.errors, HasSubstr("nothing is not defined"));
}

}  // namespace
