/* SPDX-License-Identifier: EUPL-1.2 */
/* The style sheet of HTML pages: the fonts the reader's system has, a measure that is easy to read,
 * colours with the contrast of WCAG AA in light and dark, bars in blue and orange because nearly
 * everybody can tell these apart, and paper. */
#include "documents/page_parts.h"

static const char *const style[] = {
    /* colours; paper is always light */
    ":root{color-scheme:light dark;--paper:#fff;--ink:#1c1e21;--soft:#565b63;--line:#d4d7dc;",
    "--tint:#f5f6f8;--zebra:rgb(29 79 145/.05);--shade:rgb(28 30 "
    "33/.22);--accent:#1d4f91;--notice:#8a4b00;--notice-tint:#fdf5e6;--track:#e6e8ec;",
    "--neutral:#4d5a70;--for:#1f64ad;--against:#b4541a;--quiet:#7d838d}",
    "@media screen and (prefers-color-scheme:dark){:root{--paper:#14171b;--ink:#e7e6e3;",
    "--soft:#a8adb6;--line:#3a3f47;--tint:#1d2126;--zebra:rgb(138 184 238/.07);--shade:rgb(0 0 "
    "0/.7);--accent:#8ab8ee;--notice:#f0b765;",
    "--notice-tint:#2a2216;--track:#2a2e35;--neutral:#a5b0c2;--for:#6aa6e6;--against:#e2975a;",
    "--quiet:#828993}}",
    /* text */
    "*{box-sizing:border-box}",
    "html{-webkit-text-size-adjust:100%;text-size-adjust:100%}",
    "body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 system-ui,",
    "-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",\"Liberation Sans\",sans-serif;",
    "overflow-wrap:break-word;hanging-punctuation:first}",
    "main{max-width:50rem;margin:0 auto;padding:2rem 1rem 4rem}",
    "h1,h2,h3{font-family:Charter,\"Bitstream Charter\",\"Iowan Old Style\",Cambria,Georgia,",
    "\"Noto Serif\",\"Liberation Serif\",serif;font-weight:700;text-wrap:balance;",
    "line-height:1.2;max-width:42rem}",
    "h1{font-size:2rem;margin:0 0 1.5rem;padding-bottom:1rem;",
    "border-bottom:3px solid var(--accent);max-width:none}",
    "h2{font-size:1.5rem;margin:3rem 0 1rem}",
    "h3{font-size:1.25rem;margin:2.25rem 0 .75rem}",
    "p,li,dd,dt,th,td,caption,figcaption,summary,h1,h2,h3{unicode-bidi:plaintext}",
    "p{margin:0 0 1rem;max-width:64ch;white-space:pre-line;text-wrap:pretty}",
    ".notice{border-left:.25rem solid var(--notice);background:var(--notice-tint);",
    "padding:.75rem 1rem;margin:1.5rem 0;font-weight:600}",
    "ol,ul{margin:0 0 1.25rem;padding-left:1.75rem;max-width:64ch}",
    "ol{padding-left:2.5rem;font-variant-numeric:tabular-nums}",
    "li{margin:.35rem 0;padding-left:.25rem}",
    "li::marker{color:var(--soft)}",
    "pre,code{font-family:ui-monospace,\"SF Mono\",Menlo,Consolas,\"Liberation Mono\",monospace;",
    "font-size:.9375rem}",
    "pre{margin:0 0 1.25rem;padding:.75rem 1rem;background:var(--tint);",
    "border:1px solid var(--line);border-radius:.25rem;white-space:pre-wrap;",
    "overflow-wrap:anywhere;line-height:1.5}",
    /* facts */
    "dl{margin:0 0 1.5rem;border-top:1px solid var(--line)}",
    "dl div{padding:.5rem 0;border-bottom:1px solid var(--line)}",
    "dt{color:var(--soft);font-size:.9375rem}",
    "dd{margin:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}",
    /* tables */
    /* the shade at an edge says that there is more; at the end, paper that moves along covers it */
    ".scroll{overflow-x:auto;margin:0 0 1.75rem;background:",
    "linear-gradient(to right,var(--paper) 50%,transparent) left/2.5rem 100% no-repeat local,",
    "linear-gradient(to left,var(--paper) 50%,transparent) right/2.5rem 100% no-repeat local,",
    "linear-gradient(to right,var(--shade),transparent) left/.75rem 100% no-repeat,",
    "linear-gradient(to left,var(--shade),transparent) right/.75rem 100% no-repeat}",
    ":focus-visible{outline:3px solid var(--accent);outline-offset:2px}",
    "table{border-collapse:collapse;width:100%;font-size:1rem;line-height:1.4;",
    "font-variant-numeric:tabular-nums lining-nums}",
    "caption{text-align:start;padding:0 0 .5rem;font-weight:600}",
    "caption span{position:sticky;left:0;display:inline-block;max-width:calc(100vw - 2rem)}",
    "th,td{padding:.5rem .75rem;text-align:start;vertical-align:top;",
    "border-bottom:1px solid var(--line)}",
    "th:first-child,td:first-child{padding-left:.5rem}",
    "th:last-child,td:last-child{padding-right:.5rem}",
    "thead th{font-size:.875rem;font-weight:600;color:var(--soft);vertical-align:bottom;",
    "border-bottom:2px solid var(--soft)}",
    "tbody th{font-weight:500}",
    "tbody tr:nth-child(even){background:var(--zebra)}",
    ".n{text-align:right;white-space:nowrap}",
    "thead .n{white-space:normal}",
    /* bars */
    "figure{margin:0 0 1.75rem}",
    "figcaption{font-weight:600;margin-bottom:.5rem}",
    ".bars ul{list-style:none;margin:0;padding:0;max-width:none}",
    ".bars li{display:flex;flex-wrap:wrap;column-gap:1rem;row-gap:.25rem;",
    "align-items:baseline;margin:0 0 .875rem;padding:0}",
    ".value{margin-left:auto;text-align:right;font-variant-numeric:tabular-nums;",
    "color:var(--soft)}",
    ".bar{flex:0 0 100%;display:block;width:100%;height:.75rem;border-radius:2px;",
    "fill:var(--neutral)}",
    ".for{fill:var(--for)}.against{fill:var(--against)}.quiet{fill:var(--quiet)}",
    ".track{fill:var(--track)}",
    /* QR code */
    ".code{display:flex;flex-wrap:wrap;gap:1rem;align-items:center}",
    ".qr{width:11rem;height:11rem;flex:none;border:1px solid var(--line)}",
    ".code figcaption{flex:1 1 15rem;min-width:0;margin:0}",
    ".code code{display:block;margin-top:.5rem;font-weight:400;overflow-wrap:anywhere}",
    /* folded away */
    "details{margin:0 0 1.25rem;border:1px solid var(--line);border-radius:.25rem;",
    "padding:0 1rem}",
    "summary{cursor:pointer;padding:.75rem 0;font-weight:600;color:var(--accent)}",
    "details[open]>summary{margin-bottom:.5rem}",
    /* room for two columns */
    "@media (min-width:40rem){main{padding:3rem 2rem 6rem}h1{font-size:2.5rem}",
    "h2{font-size:1.75rem}h3{font-size:1.375rem}",
    "dl div{display:grid;grid-template-columns:14rem minmax(0,1fr);column-gap:1.5rem;",
    "align-items:baseline}}",
    /* where tables scroll anyway, sentences get room beside the numbers */
    "@media screen and (max-width:47.99rem){th,td{padding:.5rem}}",
    "@media screen and (max-width:47.99rem){td div,th div{width:max-content}",
    "td div{max-width:14rem}th div{max-width:9rem}}",
    /* heads of tables stay in sight where the table need not scroll by itself */
    "@media screen and (min-width:48rem){.few{overflow-x:visible}",
    ".few thead th{position:sticky;top:0;background:var(--paper)}",
    ".few td,.few tbody th{overflow-wrap:anywhere}",
    ".few .n{overflow-wrap:normal}.few tbody th{min-width:11rem}}",
    "@media (forced-colors:active){.bar{fill:CanvasText;border:1px solid CanvasText}",
    ".track{fill:Canvas}}",
    /* paper */
    "@page{margin:2cm}",
    "@media print{:root{color-scheme:light}body{font-size:10.5pt;line-height:1.45}",
    "main{max-width:none;padding:0}h1{font-size:22pt}h2{font-size:15pt}h3{font-size:12pt}",
    "h1,h2,h3,summary,caption,figcaption{break-after:avoid}",
    "tr,li,dl div,.notice,.bars li,.code{break-inside:avoid}",
    "p,li{orphans:3;widows:3}thead{display:table-header-group;break-after:avoid}",
    "tbody tr:first-child{break-before:avoid}th,td{padding:.3rem .5rem}",
    "tbody th{min-width:9rem}",
    ".scroll{overflow:visible;background:none}table,pre,code{font-size:9.5pt}",
    "details{border:0;padding:0}summary{color:var(--ink);list-style:none}}",
    /* a rule of its own: who does not know this way to unfold drops only this */
    "@media print{details::details-content{display:block;content-visibility:visible;",
    "block-size:auto}}",
};

void
urne_page_style(struct urne_buf *out)
{
	for (size_t i = 0; i < sizeof(style) / sizeof(style[0]); i++) {
		urne_buf_puts(out, style[i]);
	}
}
