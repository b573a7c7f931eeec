// What the real scheduler's code said about a few thousand small clusters, asked of both engines; no Go is needed. Texts
// of in-tree volumes and of the other plugins are in recorded-sequences.test.ts.

import { isDeepStrictEqual } from "node:util";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { KUBERNETES_MINORS } from "../../lib/options.js";
import { type RecordedCase, readRecorded, recordedFiles } from "./run/recorded-file.js";
import { libraryReport } from "./run/sides.js";
import { TEMPLATES, templatesOf } from "./run/templates.js";

const ENGINES = ["wasm", "javascript"] as const;
const AT_LEAST = { cases: 2500, verdicts: 10_000 };
const SHOWN = 3;

const files = recordedFiles().map(readRecorded);
let checked = 0;

test("every offered release has a file", () => {
  assert.equal(
    files.map(({ header }) => header.kubernetes),
    [...KUBERNETES_MINORS],
  );
});

for (const { counted, header, name } of files) {
  test(`${name} is as the oracle ${header.oracle} left it`, () => {
    const { cases, sha256, verdicts } = header;
    assert.equal({ cases, sha256, verdicts }, counted);
    assert.ok(header.oracle.startsWith(`v${header.kubernetes}.`), header.oracle);
  });
}

for (const engine of ENGINES) {
  for (const { cases, header, name } of files) {
    test(`${name}: the ${engine} engine answers alike`, () => {
      const wrong: string[] = [];
      for (const [index, { from, gates, objects, report }] of cases.entries()) {
        const ours = libraryReport(objects, { kubernetes: header.kubernetes, gates, filters: header.filters }, engine);
        const own = ours.pods[0] ?? ours;
        if (!isDeepStrictEqual(own, report)) {
          wrong.push(`case ${index} (${from})\nours:   ${JSON.stringify(own)}\noracle: ${JSON.stringify(report)}`);
        }
        checked += ours.nodes;
      }
      assert.is(wrong.length, 0, `${wrong.length} differ, such as ${wrong.slice(0, SHOWN).join("\n")}`);
    });
  }
}

for (const { cases, header, name } of files) {
  test(`${name}: every text that a verdict can show is recorded`, () => {
    const minor = Number(header.kubernetes.slice(2));
    const shown = TEMPLATES.filter(
      ({ inTree, plugin = "VolumeBinding", until = minor }) =>
        minor <= until && header.filters.includes(plugin) && inTree === undefined,
    );
    assert.equal([...new Set(cases.flatMap(textsOf))].sort(), shown.map((template) => template.name).sort());
  });
}

test("nothing was left out", () => {
  const cases = files.reduce((sum, file) => sum + file.cases.length, 0);
  console.log(`${checked} recorded verdicts checked: ${cases} clusters on ${ENGINES.length} engines`);
  assert.ok(cases >= AT_LEAST.cases, `${cases} cases`);
  assert.ok(checked >= AT_LEAST.verdicts * ENGINES.length, `${checked} verdicts`);
});

function textsOf({ report: { error, infeasible, preFilter } }: RecordedCase): string[] {
  return [
    ...(error ? templatesOf("error of a pod", error) : []),
    ...(preFilter ? templatesOf("reason of a pod", preFilter.reasons[0]) : []),
    ...infeasible.flatMap(({ reasons }: { reasons: string[] }) =>
      reasons.flatMap((reason) => templatesOf("reason of a node", reason)),
    ),
  ];
}

test.run();
