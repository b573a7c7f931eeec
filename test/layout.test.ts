// The tree says how data flows: what its import lines and rule marks must look like, and that a fault would be seen.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Sources } from "./support/layout.js";
import * as layout from "./support/layout.js";

const CODE = [".ts", ".mjs", ".go", ".sh"];
const MOST_LINES = 300;

const lib = layout.readSources("lib", [".ts"]);

const files = (texts: { readonly [path: string]: string }): Sources => new Map(Object.entries(texts));

test("lib has no import cycle", () => {
  assert.ok(lib.size > 40);
  assert.equal(layout.cycles(lib), []);
});

test("an import cycle would be seen, types only or not", () => {
  const cyclic = files({
    "lib/a.ts": 'import type { B } from "./b/b.js";\n',
    "lib/b/b.ts": 'import {\n  c,\n} from "../c.js";\nexport type B = typeof c;\n',
    "lib/c.ts": 'export * from "./a.js";\n',
  });
  assert.equal(layout.cycles(cyclic), ["lib/a.ts -> lib/b/b.ts -> lib/c.ts -> lib/a.ts"]);
});

test("stages import only to the left, facades everything but the command", () => {
  assert.equal(layout.wrongDirections(lib), []);
});

test("an import in the wrong direction would be seen", () => {
  const faults = (path: string, target: string) =>
    layout.wrongDirections(files({ [path]: `import { x } from "${target}";\n` }));
  const stages = layout.STAGES;
  for (const [i, from] of stages.entries()) {
    for (const [j, to] of stages.entries()) {
      const allowed = j <= i && (to !== layout.CONTROLLERS || from === to);
      assert.is(faults(`lib/${from}/x.ts`, `../${to}/y.js`).length, allowed ? 0 : 1, `${from} -> ${to}`);
    }
    assert.is(faults(`lib/${from}/x.ts`, "../matcher.js").length, 1);
    assert.is(faults(`lib/${from}/x.ts`, "../cli/main.js").length, 1);
    assert.is(faults(`lib/${from}/x.ts`, "../errors.js").length, 0);
    assert.is(faults("lib/matcher.ts", `./${from}/x.js`).length, 0);
    assert.is(faults("lib/errors.ts", `./${from}/x.js`).length, 1);
  }
  assert.is(faults("lib/filters/volume-binding/x.ts", "../../intern/y.js").length, 0);
  assert.is(faults("lib/filters/volume-binding/x.ts", "../../result/y.js").length, 1);
  assert.is(faults("lib/matcher.ts", "./cli/main.js").length, 1);
  assert.is(faults("lib/cli/main.ts", "../index.js").length, 0);
  assert.is(faults("lib/misc/x.ts", "../intern/y.js").length, 1);
  assert.is(faults("lib/matcher.ts", "../test/support/load.js").length, 1);
});

test(`no file has more than ${MOST_LINES} lines`, () => {
  for (const folder of ["lib", "assembly", "test", "bench", "scripts"]) {
    const sources = layout.readSources(folder, CODE);
    assert.ok(sources.size > 0, folder);
    assert.equal(layout.tooLong(sources, MOST_LINES), []);
  }
  assert.equal(layout.tooLong(files({ "a.ts": "x\n".repeat(301), "b.ts": "x\n".repeat(300) }), MOST_LINES), [
    "a.ts has 301 lines",
  ]);
});

test("the reference evaluator and the generators import nothing from lib", () => {
  const reference = layout.readSources("test/reference", [".ts"]);
  assert.ok(reference.size > 20);
  for (const [path, text] of reference) {
    for (const target of layout.importsOf(path, text)) {
      assert.not.match(target, /^lib\/|^topomatch$/, `${path} imports ${target}`);
    }
  }
});

test("the README has a line for every folder at the top", () => {
  const table = layout.readText("README.md");
  const generated = ["build", "coverage", "dist", "node_modules", ".git"];
  for (const folder of layout.foldersAtTop().filter((name) => !generated.includes(name))) {
    assert.match(table, new RegExp(`^\\| \`${folder.replace(".", "\\.")}/\` +\\|`, "m"), folder);
  }
});

test("imports are found in all their forms", () => {
  const text = [
    'import a from "./a.js";',
    'import type { B } from "../b.js";',
    'import {\n  type C,\n  c,\n} from "./c/c.js";',
    'export * from "./d.js";',
    'export type { E } from "./e.js";',
    'const f = await import("./f.js");',
    'import "./g.js";',
    'import { spawn } from "node:child_process";',
    'export const from = "./h.js";',
  ].join("\n");
  assert.equal(layout.importsOf("lib/x/y.ts", text).sort(), [
    "lib/b.ts",
    "lib/x/a.ts",
    "lib/x/c/c.ts",
    "lib/x/d.ts",
    "lib/x/e.ts",
    "lib/x/f.ts",
    "lib/x/g.ts",
    "node:child_process",
  ]);
});

test("a rule mark is a comment line with one id and a sentence", () => {
  const { faults, ids } = layout.marksOf(lib);
  assert.ok(ids.length > 50);
  assert.equal(faults, []);
  const planted = (line: string) => layout.marksOf(files({ "lib/x.ts": `${line}\n` })).faults.length;
  assert.is(planted("  // kube: R-NS-2 an empty term matches nothing."), 0);
  assert.is(planted("  // kube: R-NS-2 and R-NS-3 an empty term matches nothing."), 1);
  assert.is(planted("  // kube: R-NS-2"), 1);
  assert.is(planted("  // kube: an empty term matches nothing."), 1);
  assert.is(planted("  x(); // kube: R-NS-2 an empty term matches nothing."), 1);
});

test("docs/rules.md lists exactly the rules that lib marks", () => {
  const listed = layout.listedRules(layout.readText("docs/rules.md"));
  assert.equal(
    listed.filter((id, i) => listed.indexOf(id) !== i),
    [],
    "listed twice",
  );
  const { ids } = layout.marksOf(lib);
  assert.equal(
    ids.filter((id) => !listed.includes(id)),
    [],
    "marked, not listed",
  );
  assert.equal(
    listed.filter((id) => !ids.includes(id)),
    [],
    "listed, not marked",
  );
});

test.run();
