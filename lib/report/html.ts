// report: a report -> one file of HTML that needs nothing else. Texts of objects are data in it, never markup.

import { createHash } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import type { ReportData } from "./types.js";

/** What a page is made of beside its data. */
export interface PageText {
  readonly script: string;
  readonly style: string;
}

/** Data of more characters are compressed. */
const LONG = 1 << 19;

export function htmlOf(report: ReportData, { script, style }: PageText): string {
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${sha256(script)}'`,
    `style-src 'sha256-${sha256(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>topomatch report</title>
<style>${style}</style>
</head>
<body>
<div id="report"><noscript>This report is drawn by a script, which this browser does not run.</noscript></div>
${dataBlock(report)}
<script type="module">${script}</script>
</body>
</html>
`;
}

/** A block that is never run: JSON without `<`, or the same compressed, in base 64. */
function dataBlock(report: ReportData): string {
  const json = JSON.stringify(report);
  const isLong = json.length > LONG;
  const text = isLong ? deflateRawSync(json).toString("base64") : json.replaceAll("<", "\\u003c");
  return `<script type="application/json" id="data" data-coding="${isLong ? "deflate" : "json"}">${text}</script>`;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
