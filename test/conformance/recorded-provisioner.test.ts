// The provisioner's recorded answers: what the library says of the same attempts.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { differences, libraryJudgement } from "./provisioner/compare.js";
import { recorded } from "./provisioner/recorded-file.js";
import { situationsOf } from "./provisioner/situations.js";

const { cases, header, sha256 } = recorded.read();

test("the file is whole, and as the judge wrote it", () => {
  assert.is(header.judge, "v6.4.0");
  assert.is(header.sha256, sha256);
  assert.is(header.cases, cases.length);
  const situations = new Set(cases.flatMap(({ judgement, request }) => situationsOf(request, judgement)));
  assert.ok(situations.size >= 90, `${situations.size} situations`);
  assert.not.ok([...situations].some((situation) => situation.endsWith("other")));
});

test("the library answers as the provisioner did", () => {
  for (const { judgement, request, seed } of cases) {
    const [difference] = differences(request, libraryJudgement(request), judgement);
    assert.is(difference, undefined, `seed ${seed}: ${JSON.stringify(difference)}`);
  }
});

test("a difference would be seen", () => {
  const made = cases.find(({ judgement }) => judgement.attempts?.[0].volume !== undefined)!;
  const [first, ...rest] = made.judgement.attempts!;
  const seen = (changed: object) =>
    differences(made.request, libraryJudgement(made.request), { attempts: [{ ...first, ...changed }, ...rest] }).length;
  assert.is(seen({}), 0);
  assert.is(seen({ state: "NoChange" }), 1);
  assert.is(seen({ bytes: -1 }), 1);
  assert.is(seen({ requirements: { requisite: [{ segments: { x: "y" } }], preferred: [] } }), 1);
  assert.is(seen({ error: "no" }), 1);
  assert.is(seen({ volume: { ...first.volume, capacity: "7" } }), 1);
});

test.run();
