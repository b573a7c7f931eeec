// cli: findings -> JSON.

import type { Finding } from "../../lint.js";
import type { LintArguments } from "../arguments.js";
import type { Origin } from "../failure.js";
import type { Output } from "../io.js";
import { listWriter } from "../list-writer.js";

export type OriginOf = (finding: Finding) => Origin | undefined;

export async function writeJson(
  findings: readonly Finding[],
  originOf: OriginOf,
  { kubernetes, mode }: LintArguments,
  output: Output,
): Promise<void> {
  const writer = await listWriter("json", output);
  await writer.begin({ apiVersion: "topomatch/v1", kind: "LintReport", kubernetes, mode }, "findings");
  for (const finding of findings) {
    if (output.closed) return;
    const origin = originOf(finding);
    await writer.item(origin === undefined ? finding : { ...finding, source: origin });
  }
  await writer.end();
}
