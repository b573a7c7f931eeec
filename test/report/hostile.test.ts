// Names that are markup, in a page and in Markdown: they are read as text.

import { createHash } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { htmlOf } from "../../lib/report/html.js";
import { markdownOf } from "../../lib/report/markdown.js";
import { pageText } from "../../lib/report/page-text.js";
import type { ReportData } from "../../lib/report/types.js";
import { reportOf, zonalMatcher } from "./cluster.js";

const HOSTILE = "</script><img src=x onerror=alert(1)>`@team\u202e<!--\n# |";
const report = reportOf(zonalMatcher(HOSTILE));

const dataOf = (html: string): [coding: string, text: string] => {
  const [, coding, text] = /<script type="application\/json" id="data" data-coding="(\w+)">([^<]*)<\/script>/.exec(
    html,
  )!;
  return [coding, text];
};

test("the data of a page are read back as they were, and nothing of them is markup", () => {
  const html = htmlOf(report, pageText);
  const [coding, text] = dataOf(html);
  assert.is(coding, "json");
  assert.equal(JSON.parse(text), report);
  const outside = html.replace(text, "").replace(pageText.script, "").replace(pageText.style, "");
  assert.not.match(outside, /alert|onerror|img/);
  assert.is(html.match(/<\/script>/g)!.length, 2);
  assert.ok(report.columns[0].members[0].name.includes("\\u202e"));
  assert.not.ok(JSON.stringify(report).includes("\u202e"));
});

test("long data are compressed", () => {
  const long: ReportData = { ...report, nodes: Array.from({ length: 40_000 }, (_, i) => `a-node-of-some-name-${i}`) };
  const [coding, text] = dataOf(htmlOf(long, pageText));
  assert.is(coding, "deflate");
  assert.ok(text.length < 400_000);
  assert.equal(JSON.parse(inflateRawSync(Buffer.from(text, "base64")).toString()), long);
});

test("a page's policy lets its own script and style run, and nothing be loaded", () => {
  const html = htmlOf(report, pageText);
  const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(html)!;
  const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const [, style] = /<style>(.*?)<\/style>/s.exec(html)!;
  const [, script] = /<script type="module">(.*?)<\/script>/s.exec(html)!;
  assert.equal(policy.split("; "), [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ]);
  assert.not.match(html.replace(dataOf(html)[1], ""), /https?:|\son\w+=|javascript:/);
});

test("in Markdown they stand in code, whose fences are longer than their own", () => {
  const text = markdownOf(report);
  // What is left once blocks and spans of code are taken away is ours.
  const blocks = text.replace(/^ *(`{3,})text\n[\s\S]*?\n *\1$/gm, "");
  const rest = blocks.replace(/(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, "");
  assert.not.match(rest, /alert|team|img|script/);
  assert.ok(text.includes("**``default/"), text);
});

test("Markdown says what fits nowhere, why, and what else there is", () => {
  const text = markdownOf(reportOf(zonalMatcher()));
  const expected = `## topomatch: 1 of 4 pods fits no node

| pods | fit some node | fit no node | nodes | lint |
| ---: | ---: | ---: | ---: | :--- |
| 4 | 3 | 1 | 4 | nothing found |

**\`default/lost\`**

\`\`\`text
0/4 nodes are available: 4 node(s) didn't match PersistentVolume's node affinity.
  4 nodes: volume pv-lost of claim default/lost is reached only with topology.kubernetes.io/zone=z: no node has z; 2 nodes have a, 1 node has b, 1 has no such label
    PersistentVolume pv-lost: spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0]
\`\`\`

<details>
<summary>3 pods with a node</summary>

- \`default/db-0\`, \`default/db-1\`: 2 of 4 nodes
- \`default/free\`: 4 of 4 nodes

</details>

<sub>topomatch 1.2.3, as kube-scheduler 1.37 would answer</sub>
`;
  assert.is(text, expected);
});

test("a comment stays short enough to be taken", () => {
  const [column] = report.columns;
  const [member] = column.members;
  const causes = member.causes.map((cause) => ({ ...cause, text: "x".repeat(9_000) }));
  const columns = Array.from({ length: 40 }, () => ({ ...column, members: [{ ...member, causes }] }));
  const text = markdownOf({ ...report, columns });
  assert.ok(text.length < 62_000);
  assert.match(text, /\nand 34 more without a node\n/);
});

test.run();
