#include "countips/render/page/style.h"

namespace countips {

std::string_view page_style() {
  return R"(:root {
  --paper: #ffffff; --ink: #1b2530; --quiet: #5a6775; --rule: #e4e8ec; --axis: #9aa5b0;
  --target: #f1f4f7; --requests: #2a6fb5; --clients: #d9822b;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12171c; --ink: #e7ebef; --quiet: #9ba7b3; --rule: #29313a; --axis: #5c6874;
    --target: #1c242c; --requests: #6aa9e9; --clients: #f0a65e;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  font-variant-numeric: tabular-nums;
}
main { max-width: 1040px; margin: 0 auto; padding: 56px 40px 80px; }
h1 { margin: 0; font-size: 26px; line-height: 1.25; font-weight: 600; letter-spacing: -0.01em; }
.span { margin: 6px 0 0; color: var(--quiet); }
dl { display: flex; flex-wrap: wrap; gap: 16px 64px; margin: 36px 0 44px; }
dl div { display: flex; flex-direction: column-reverse; }
dt { color: var(--quiet); font-size: 13px; }
dd { margin: 0; font-size: 32px; line-height: 1.2; font-weight: 600; letter-spacing: -0.01em; }
figure { margin: 0 0 48px; }
.scroll { overflow-x: auto; }
svg { display: block; width: 100%; min-width: 640px; height: auto; font-size: 11px; }
figcaption, .notes { color: var(--quiet); font-size: 13px; }
figcaption { margin-top: 12px; max-width: 70ch; }
text { fill: var(--ink); }
.label { fill: var(--quiet); font-size: 11px; }
.value { font-size: 11px; }
.panel { font-size: 13px; font-weight: 600; }
.era { font-weight: 600; }
.grid { stroke: var(--rule); }
.axis { stroke: var(--axis); }
.requests { fill: var(--requests); }
.clients { fill: var(--clients); }
.columns, .grid, .axis { pointer-events: none; }
.target { fill: transparent; }
.shown { visibility: hidden; font-size: 12px; }
.slot:hover .target { fill: var(--target); }
.slot:hover .shown { visibility: visible; }
table { border-collapse: collapse; min-width: min(100%, 480px); }
caption { text-align: left; font-weight: 600; padding-bottom: 8px; }
th, td { padding: 6px 0 6px 40px; text-align: right; border-bottom: 1px solid var(--rule); }
th:first-child { padding-left: 0; text-align: left; overflow-wrap: anywhere; }
thead th { color: var(--quiet); font-size: 13px; font-weight: 400; white-space: nowrap; }
tbody th { font-weight: 400; }
.top th, .top td { padding-top: 2px; padding-bottom: 2px; color: var(--quiet); font-size: 13px; }
.top th:first-child { padding-left: 24px; }
tfoot th, tfoot td { font-weight: 600; border-bottom: 0; }
.notes { margin: 40px 0 0; padding: 0; list-style: none; overflow-wrap: anywhere; }
@media (max-width: 600px) {
  main { padding: 32px 20px 48px; }
  dl { gap: 16px 40px; }
  th, td { padding-left: 20px; }
}
@media print {
  :root {
    --paper: #ffffff; --ink: #000000; --quiet: #444444; --rule: #dddddd; --axis: #888888;
    --requests: #2a6fb5; --clients: #d9822b;
  }
  @page { margin: 16mm; }
  .scroll { overflow: visible; }
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  svg { min-width: 0; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  figure, tr { break-inside: avoid; }
  .shown { display: none; }
}
)";
}

}  // namespace countips
