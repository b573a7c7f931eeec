// The full run: what it consists of, that it goes on where it was stopped, and the page that its figures are put into.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { KUBERNETES_MINORS } from "../../../lib/options.js";
import { readText } from "../../support/layout.js";
import { docsRegions, table, withRegions } from "./docs-regions.js";
import { figuresFile, fullRuns, savedFacts, writeFacts } from "./full.js";
import { readOptions } from "./options.js";
import { emptyFacts, type Facts, shortfalls } from "./report.js";

const SOURCES = { commit: "abc1234", changed: false, hash: "h" };

function factsOf(index: number): Facts {
  const options = fullRuns(readOptions(["--full"]))[index];
  return emptyFacts(options, `v${options.kubernetes}.9`, SOURCES);
}

test("a full run is of every minor, the newest first, and --clusters makes it smaller in proportion", () => {
  const runs = (...argv: string[]) =>
    fullRuns(readOptions(["--full", ...argv])).map(({ clusters, kubernetes, processes, seed, targets }) => {
      assert.ok(targets);
      return `${kubernetes} ${clusters} from ${seed}, ${processes} processes`;
    });
  assert.equal(runs(), [
    "1.37 60000 from 1, 2 processes",
    "1.36 8000 from 1000000, 2 processes",
    "1.35 8000 from 1000000, 2 processes",
    "1.34 8000 from 1000000, 2 processes",
    "1.33 8000 from 1000000, 2 processes",
  ]);
  assert.is(runs("--clusters", "600")[4], "1.33 80 from 1000000, 2 processes");
  assert.is(runs().length, KUBERNETES_MINORS.length);
});

test("figures are read again by a run with the same sources and options only", () => {
  const folder = mkdtempSync(join(tmpdir(), "topomatch-figures-"));
  try {
    const facts = factsOf(0);
    facts.done.push(1, 51);
    const file = figuresFile(folder, "1.37");
    writeFacts(file, facts);
    assert.equal(savedFacts(file, facts.options, SOURCES), JSON.parse(JSON.stringify(facts)));
    assert.is(savedFacts(file, facts.options, { ...SOURCES, hash: "other" }), undefined);
    assert.is(savedFacts(file, { ...facts.options, clusters: 7 }, SOURCES), undefined);
    assert.is(savedFacts(figuresFile(folder, "1.36"), facts.options, SOURCES), undefined);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a full run misses what is too few, of older minors only verdicts and clusters", () => {
  const older = factsOf(1);
  assert.equal(shortfalls(older), ["0 clusters of 8000", "0 verdicts of all nine plugins, of 500000"]);
  Object.assign(older.tally, { clusters: 8000, byProfile: { whole: { verdicts: 500_000 } } });
  assert.equal(shortfalls(older), []);
  older.tally.texts["reason of a node: out of luck"] = 1;
  assert.equal(shortfalls(older), ["unexpected text: reason of a node: out of luck"]);
  const newest = factsOf(0);
  Object.assign(newest.tally.paths, {
    "one path": { pods: 2000, clusters: 199 },
    another: { pods: 2000, clusters: 200 },
  });
  const missed = shortfalls(newest).join("\n");
  assert.match(missed, /2000 pods in 199 clusters only: path one path/);
  assert.not.match(missed, /path another/);
  assert.match(missed, /0 verdicts of all nine plugins, of 5000000/);
  assert.match(missed, /0 times only: reason of a node: Too many pods/);
  assert.match(missed, /0 times only: rule family LIM/);
});

test("docs/conformance.md has the marks of every region, and a region is replaced whole", () => {
  const runs = KUBERNETES_MINORS.map((_, index) => factsOf(index));
  Object.assign(runs[0].tally, { pods: 4, verdicts: 1234, rejected: 10, ends: { error: 1 }, entryPoints: { wasm: 5 } });
  runs[0].tally.texts["reason of a node: Too many pods"] = 7000;
  runs[0].tally.paths["one path"] = { pods: 2345, clusters: 6 };
  const regions = docsRegions(runs);
  const page = withRegions(readText("docs/conformance.md"), regions);
  assert.match(page, /commit `abc1234`, judged by kube-scheduler `v1\.37\.9`/);
  assert.match(page, /\| 1\.37 +\| v1\.37\.9 +\| 0 +\| 4 +\| 1,234 +\|/);
  assert.match(page, /\| `Too many pods` +\| reason of a node +\| 7,000 +\| 0\.0 % +\|/);
  assert.match(page, /\| `one path` +\| 2,345 +\| 6 +\|/);
  assert.match(page, /\| `evaluatePod\(key\)`, loaded at once +\| 5 +\| 0 +\|/);
  assert.is(withRegions(page, regions), page);
  assert.throws(() => withRegions("", regions), /the page has no marks of the run/);
});

test("columns of a table have one width", () => {
  assert.is(
    table([
      ["a", "bb"],
      ["long|er", "c"],
    ]),
    "| a        | bb  |\n| -------- | --- |\n| long\\|er | c   |",
  );
});

test.run();
