#include "countips/tallies/bots.h"

#include <string>

#include "countips/records/regex_program.h"

namespace countips {

namespace {

// The list is our own, from what such programs document of themselves and from logs. Each row is an
// alternative of one regular expression, which is matched without regard to case.
constexpr std::string_view signs[] = {
    // Words that they call themselves by. Cubot makes telephones; Roboto, bottles and abbots go on
    // behind the word.
    R"((?:^|[^u]|[^c]u|^u)bots?(?:[^a-z]|$))",
    R"(crawl(?:ers?|ing|s)?(?:[^a-z]|$))",
    R"(spiders?(?:[^a-z]|$))",
    R"(\bslurp\b)",
    R"((?:scraper|scraping|scrapy|scanner)(?:[^a-z]|$))",
    R"(archiver\b)",
    R"(fetcher\b)",
    R"((?:link|health|site|url)[ _-]?checks?(?:er)?(?:[^a-z]|$))",
    R"(validator\b)",
    R"(\bmonitoring\b)",
    R"(\buptime)",
    // The address of a page about the program, the way crawlers give it.
    R"(\+\s?https?://)",
    // Of search engines, advertisers and those who train models, without any of the above.
    R"(mediapartners-google)",
    R"(google(?:other|-youtube-links|-inspectiontool|-safety|-read-aloud|-site-verification| favicon| web preview))",
    R"(apis-google)",
    R"(feedfetcher)",
    R"(bingpreview)",
    R"(\byandex(?:accessibility|direct|favicons|images|media|metrika|pagechecker|video|webmaster)\b)",
    R"(\bia_archiver)",
    R"(\bheritrix)",
    R"(\bnutch)",
    R"(\bhttrack)",
    R"(facebookexternalhit|facebookcatalog|meta-externalagent|meta-externalfetcher)",
    R"(chatgpt-user|perplexity-user|claude-web|claude-user|anthropic-ai|cohere-ai|mistralai-user)",
    R"(screaming frog|siteimprove|sitebulb|netcraft|dataprovider|domaintools)",
    // Previews of links, and feeds.
    R"(^whatsapp/|skypeuripreview|embedly|iframely|vkshare|bitlybot|^pinterest/)",
    R"(feedly|feedburner|inoreader|newsblur|freshrss|tiny tiny rss|miniflux|netvibes|feedbin)",
    // Browsers without a window.
    R"(headless|phantomjs|slimerjs|puppeteer|playwright|selenium|electron-fetch|lighthouse)",
    // Monitors.
    R"(pingdom|statuscake|site24x7|updown\.io|check_http|nagios|icinga|zabbix|prometheus|blackbox)",
    R"(kube-probe|googlehc|elb-healthchecker|amazon-route53|haproxy/|datadog|newrelicpinger)",
    R"(gtmetrix|mxtoolbox|catchpoint|dotcom-monitor|freshping|betteruptime|hetrixtools|^cloudflare-)",
    // Scanners.
    R"(masscan|zgrab|\bnmap\b|nikto|sqlmap|nuclei\b|censysinspect|expanse|l9explore|l9tcpid)",
    R"(wpscan|nessus|qualys|openvas|acunetix|gobuster|dirbuster|feroxbuster|\bffuf\b|zmeu)",
    R"(internet-measurement|internetmeasurement|odin\b.*getodin|fofa\b|hello,? world)",
    // Libraries and tools.
    R"(\bcurl/|\blibcurl|\bwget\b|\bwget2\b|\baria2/|\bhttpie/|\blibwww-perl|\blwp\b)",
    R"(python-requests|python-urllib|python-httpx|\bpython/|aiohttp|\burllib|\bhttplib|\bpycurl)",
    R"(go-http-client|\bgo [\d.]+ package|\bgo-resty|\bcolly\b|fasthttp|\breqwest\b|\bhyper/|\bisahc/)",
    R"(^java/|apache-httpclient|commons-httpclient|^jakarta|^java-http-client|\bjersey/|jsoup)",
    R"(\baxios/|node-fetch|\bundici\b|^node\b|\bgot \(|superagent|guzzlehttp|^php/|^wordpress/)",
    R"(^ruby\b|faraday|^r \(\d|rest-client|typhoeus|mechanize|^perl|^powershell|windowspowershell)",
    R"(winhttp|postmanruntime|insomnia/|^apachebench|\bsiege/|^k6/|jmeter|^wrk/)",
    R"(^axel\b|^fetch |^git/|^apt-http|^debian apt|\bdnf/|\blibdnf|^rclone/|^rsync|^restic)",
};

std::string joined_signs() {
  std::string all = "(?i)";
  for (const std::string_view each : signs) {
    if (all.size() > 4) all += '|';
    all += each;
  }
  return all;
}

const regex_program& known_bots() {
  static const regex_program known = regex_program::compile(joined_signs()).value();
  return known;
}

}  // namespace

bool is_bot(std::string_view agent) {
  return known_bots().match(agent, {});
}

}  // namespace countips
