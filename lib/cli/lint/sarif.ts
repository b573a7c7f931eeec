// cli: findings -> SARIF 2.1.0, which code hosts show beside the lines of a change.

import type { Finding } from "../../lint.js";
import { LINT_RULES } from "../../lint.js";
import { wellFormed } from "../../objects/go-quote.js";
import type { Origin } from "../failure.js";
import { printable } from "../failure.js";
import { version } from "../help.js";
import type { Output } from "../io.js";
import { STANDARD_INPUT } from "../sources.js";
import type { OriginOf } from "./json.js";
import { nameOf } from "./text.js";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
const LEVELS = { error: "error", warning: "warning", info: "note" } as const;
const NOTHING = { text: "" };

export async function writeSarif(findings: readonly Finding[], originOf: OriginOf, output: Output): Promise<void> {
  const rules = LINT_RULES.map(({ id, summary }) => ({ id, shortDescription: { text: summary }, help: NOTHING }));
  for (const rule of rules) rule.help = { text: `docs/lint.md says more of ${rule.id}.` };
  const driver = { name: "topomatch", version: version(), rules };
  const head = JSON.stringify({ driver });
  await output.write(
    `{\n  "$schema": ${JSON.stringify(SCHEMA)},\n  "version": "2.1.0",\n  "runs": [\n    {\n` +
      `      "tool": ${head},\n      "columnKind": "utf16CodeUnits",\n      "results": [`,
  );
  for (const [i, finding] of findings.entries()) {
    if (output.closed) return;
    const result = resultOf(finding, originOf(finding));
    await output.write(`${i === 0 ? "" : ","}\n        ${JSON.stringify(result)}`);
  }
  await output.write(`${findings.length === 0 ? "" : "\n      "}]\n    }\n  ]\n}\n`);
}

function resultOf(finding: Finding, origin: Origin | undefined): object {
  const { field, id, object, remedy, sentence, severity } = finding;
  const name = `${object.kind} ${nameOf(finding)}`;
  const logical = { name: text(nameOf(finding)), fullyQualifiedName: text(`${name} ${field}`), kind: "resource" };
  return {
    ruleId: id,
    ruleIndex: LINT_RULES.findIndex((rule) => rule.id === id),
    level: LEVELS[severity],
    message: { text: message(`${name}: ${field}: ${sentence}. What helps: ${remedy}.`) },
    locations: [{ ...physical(origin), logicalLocations: [logical] }],
    partialFingerprints: { "topomatchFinding/v1": text(`${id} ${name} ${field}`) },
  };
}

function physical(origin: Origin | undefined): object {
  if (origin === undefined || origin.file === STANDARD_INPUT) return {};
  return {
    physicalLocation: { artifactLocation: { uri: uriOf(origin.file) }, region: { startLine: origin.line } },
  };
}

/** A path as a URI: a relative one stays relative. */
function uriOf(file: string): string {
  const path = wellFormed(file)
    .replaceAll("\\", "/")
    .replace(/^(?:\.\/)+/, "");
  const uri = path.split("/").map(encodeURIComponent).join("/");
  return path.startsWith("/") ? `file://${uri}` : uri;
}

function text(given: string): string {
  return printable(wellFormed(given));
}

/** Text of a message: nothing in it may read as a link. */
function message(given: string): string {
  return text(given).replaceAll("](", "] (");
}
