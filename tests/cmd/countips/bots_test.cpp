#include "countips/tallies/bots.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <string>

namespace countips {
namespace {

const char* const bots[] = {
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/125.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/"
    "bot.html)",
    "Googlebot-Image/1.0",
    "AdsBot-Google (+http://www.google.com/adsbot.html)",
    "Mediapartners-Google",
    "GoogleOther",
    "FeedFetcher-Google; (+http://www.google.com/feedfetcher.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; "
    "+http://www.bing.com/bingbot.htm) Chrome/116.0 Safari/537.36",
    "Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)",
    "Mozilla/5.0 (compatible; Baiduspider/2.0)",
    "Mozilla/5.0 (compatible; YandexImages/3.0)",
    "DuckDuckBot/1.1",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0)",
    "Mozilla/5.0 (compatible; SemrushBot-SA/0.97)",
    "Mozilla/5.0 (compatible; MJ12bot/v1.4.8)",
    "Mozilla/5.0 (compatible; archive.org_bot)",
    "ia_archiver",
    "CCBot/2.0 (https://commoncrawl.org/faq/)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2)",
    "ChatGPT-User/1.0",
    "Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36 "
    "(compatible; Bytespider; spider-feedback@example.com)",
    "facebookexternalhit/1.1",
    "Twitterbot/1.0",
    "WhatsApp/2.23.20.0 A",
    "TelegramBot (like TwitterBot)",
    "Slackbot-LinkExpanding 1.0",
    "Applebot/0.1",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "HeadlessChrome/120.0.0.0 Safari/537.36",
    "Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
    "Pingdom.com_bot_version_1.4",
    "kube-probe/1.28",
    "ELB-HealthChecker/2.0",
    "check_http/v2.3.3 (nagios-plugins 2.3.3)",
    "Prometheus/2.45.0",
    "curl/8.5.0",
    "Wget/1.21.3",
    "python-requests/2.31.0",
    "Python-urllib/3.11",
    "Python/3.11 aiohttp/3.9.1",
    "Go-http-client/1.1",
    "Go 1.1 package http",
    "libwww-perl/6.67",
    "Java/17.0.9",
    "Apache-HttpClient/4.5.14 (Java/17.0.9)",
    "axios/1.6.2",
    "node-fetch/1.0",
    "node",
    "GuzzleHttp/7",
    "Scrapy/2.11 (+https://scrapy.org)",
    "masscan/1.3",
    "Mozilla/5.0 zgrab/0.x",
    "Mozilla/5.0 (compatible; Nmap Scripting Engine; https://nmap.org/book/nse.html)",
    "Mozilla/5.00 (Nikto/2.1.6)",
    "sqlmap/1.7",
    "W3C_Validator/1.3",
    "Feedly/1.0",
    "my own crawler",
    "crawler_2.0",
    "Axel/2.15 (Darwin)",
    "R (3.5.1 x86_64-w64-mingw32 x86_64 mingw32)",
    // As W3C logs write blanks.
    "Mozilla/5.0+(compatible;+Googlebot/2.1;++http://www.google.com/bot.html)",
    "a spider",
    "bot",
    "robots",
    "WordPress/6.4; https://example.com",
};

// Browsers, apps and televisions that people use; and what says nothing.
const char* const people[] = {
    "",
    "-",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/125.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/125.0.0.0 Safari/537.36 Edg/125.0.0.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/124.0.0.0 YaBrowser/24.6.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.4 Safari/605.1.15",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Mobile/21F79 [FBAN/FBIOS;FBAV/465.0.0;FBDV/iPhone14,5]",
    "Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0",
    "Mozilla/5.0 (Linux; Android 10; CUBOT NOTE 20) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/125.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android 9; CUBOT_X19 Build/PPR1) AppleWebKit/537.36 Chrome/90.0 Mobile",
    "Mozilla/5.0 (Linux; Android 12; CUBOT) AppleWebKit/537.36 Chrome/90.0 Mobile Safari/537.36",
    "Cubot/1.0",
    "Mozilla/5.0 (Linux; Android 13; Alcatel Go 3) AppleWebKit/537.36 Chrome/99.0 Mobile",
    "Mozilla/5.0 (Linux; Android 13; SM-A536B) AppleWebKit/537.36 (KHTML, like Gecko) "
    "SamsungBrowser/24.0 Chrome/117.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) "
    "76.0.3809.146/6.0 TV Safari/537.36",
    "Mozilla/5.0 (Linux; Android 9; Roboto Slab) AppleWebKit/537.36 Chrome/90.0",
    "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0; .NET CLR 2.0.50727)",
    "Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko",
    "Opera/9.80 (Android; Opera Mini/36.2/191.249; U; en) Presto/2.12.423 Version/12.16",
    "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/125.0.0.0 Safari/537.36",
    "Mozilla/5.0 (compatible; Konqueror/4.5; Linux; X11; en_US) KHTML/4.5.5 (like Gecko)",
    "Dalvik/2.1.0 (Linux; U; Android 13; Pixel 7 Build/TQ3A)",
    "okhttp/4.12.0",
    "MyApp/3 CFNetwork/1494.0.7 Darwin/23.4.0",
    "Abbott Bottle/1.0",
    "Lynx/2.8.9rel.1 libwww-FM/2.14 SSL-MM/1.4.1",
    "Links (2.29; Linux x86_64; GNU C; text)",
    "Microsoft Office Word 2014",
    "Microsoft-WebDAV-MiniRedir/10.0.19045",
    "Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64)+AppleWebKit/537.36+(KHTML,+like+Gecko)"
    "+Chrome/125.0.0.0+Safari/537.36",
    "VLC/3.0.20 LibVLC/3.0.20",
};

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

TEST(is_bot, knows_programs_by_what_they_say_of_themselves) {
  for (const char* agent : bots) {
    EXPECT_TRUE(is_bot(agent)) << agent;
    EXPECT_TRUE(is_bot(upper(agent))) << agent;
  }
}

TEST(is_bot, takes_no_browser_for_one) {
  for (const char* agent : people) EXPECT_FALSE(is_bot(agent)) << agent;
}

}  // namespace
}  // namespace countips
