// What the real scheduler's code said about clusters with every plugin's texts, and about large ones between changes.

import { isDeepStrictEqual } from "node:util";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createMatcherSync, type ObjectLike } from "../../lib/index.js";
import { DEFAULT_KUBERNETES } from "../../lib/options.js";
import { setOf } from "../support/load.js";
import { completed } from "./run/completed.js";
import { type RecordedSequence, readSequences, sequencesFiles } from "./run/recorded-sequences.js";
import { textsIn } from "./run/report-texts.js";
import { optionsOf } from "./run/sides.js";
import { TEMPLATES } from "./run/templates.js";

const ENGINES = ["wasm", "javascript"] as const;
const LARGE = { nodes: [33, 300], volumes: 100, cases: 300, pods: 2 };
const TIMES_PER_TEXT = 3;
const SHOWN = 3;

const files = sequencesFiles().map(readSequences);

test("the newest release has a file", () => {
  assert.ok(files.some(({ header }) => header.kubernetes === DEFAULT_KUBERNETES));
});

for (const { header, name, sequences, sha256 } of files) {
  const kubernetes = header.kubernetes;

  test(`${name} is as the oracle ${header.oracle} left it`, () => {
    assert.is(header.sha256, sha256);
    assert.ok(header.oracle.startsWith(`v${kubernetes}.`), header.oracle);
  });

  for (const engine of ENGINES) {
    test(`${name}: the ${engine} engine answers alike, before and after each change`, () => {
      const wrong = sequences.flatMap((sequence) => differencesOf(sequence, kubernetes, engine));
      assert.is(wrong.length, 0, `${wrong.length} differ, such as ${wrong.slice(0, SHOWN).join("\n")}`);
    });
  }

  test(`${name}: every text that a plugin can show is recorded several times`, () => {
    const minor = Number(kubernetes.slice(2));
    const times = new Map<string, number>();
    for (const text of sequences.flatMap(({ steps }) => steps.flatMap(({ report }) => textsIn(report)))) {
      times.set(text, (times.get(text) ?? 0) + 1);
    }
    const expected = TEMPLATES.filter(
      ({ argued, since = minor, until = minor }) => argued === undefined && since <= minor && minor <= until,
    );
    const keys = expected.map(({ name: text, outcome }) => `${outcome}: ${text}`);
    assert.equal([...times.keys()].sort(), keys.sort());
    assert.equal(
      [...times].filter(([, count]) => count < TIMES_PER_TEXT),
      [],
    );
  });
}

test("of the newest release there are cases with many nodes, volumes and pods, and changes before the question", () => {
  const newest = files.filter(({ header }) => header.kubernetes === DEFAULT_KUBERNETES);
  const cases = newest.flatMap(({ sequences }) => sequences.flatMap(largeCases));
  const [least, most] = LARGE.nodes;
  const right = cases.filter(({ nodes, pods }) => nodes >= least && nodes <= most && pods >= LARGE.pods);
  assert.ok(right.length >= LARGE.cases, `${right.length} of ${cases.length} cases`);
});

/** The pods that the library answers otherwise. */
function differencesOf(
  { filters, from, gates, steps }: RecordedSequence,
  kubernetes: string,
  engine: "wasm" | "javascript",
): string[] {
  const matcher = createMatcherSync(optionsOf({ kubernetes, gates, filters }, engine));
  return steps.flatMap(({ drop, put, report }, step) => {
    for (const [kind, key] of drop)
      assert.ok(setOf(matcher, kind).delete(key.replace(/^\//, "")), `${from}: ${kind} ${key}`);
    for (const object of completed(put)) setOf(matcher, object.kind).upsert(object as ObjectLike);
    assert.is(matcher.nodes.size, report.nodes, from);
    return report.pods.flatMap((judged: { pod: string }) => {
      const ours = matcher.evaluatePod(judged.pod).toReport({ plans: true });
      if (isDeepStrictEqual(ours, judged)) return [];
      return [`${from}, step ${step}\nours:   ${JSON.stringify(ours)}\noracle: ${JSON.stringify(judged)}`];
    });
  });
}

/** Steps behind the first, where there are so many volumes. */
function largeCases({ steps: [first, ...later] }: RecordedSequence): { nodes: number; pods: number }[] {
  const volumes = first.put.filter(({ kind }) => kind === "PersistentVolume").length;
  if (volumes <= LARGE.volumes) return [];
  return later.map(({ report }) => ({ nodes: report.nodes, pods: report.pods.length }));
}

test.run();
