// cli: which files of a folder are read, what is passed over, and inputs in which there is nothing.

import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { node, pod } from "./objects.js";
import type { Outcome, Surroundings } from "./program.js";
import { Files, topomatch } from "./program.js";

const test = suite("sources");
const files = new Files();
test.after(() => files.remove());

/** Writes files below a folder of their own, and returns the folder. */
function folder(name: string, contents: { readonly [path: string]: string | object }): string {
  mkdirSync(join(files.folder, name), { recursive: true });
  for (const [path, content] of Object.entries(contents)) files.write(join(name, path), content);
  return join(files.folder, name);
}

async function check(argv: readonly string[], surroundings: Surroundings = {}): Promise<Outcome> {
  const { status, stderr, stdout } = await topomatch(["check", ...argv], surroundings);
  const short = (text: string): string => text.replaceAll(`${files.folder}/`, "");
  return { status, stderr: short(stderr), stdout: short(stdout) };
}

/** The pods that were read, in order. */
async function podsOf(...argv: readonly string[]): Promise<string[]> {
  const { pods } = JSON.parse((await check([...argv, "-o", "json", "-q"])).stdout);
  return pods.map((entry: { pod: string }) => entry.pod.replace("default/", ""));
}

test("a folder's files are read by name, with -R those of subfolders where their folder stands", async () => {
  const path = folder("order", {
    "b.json": pod("b"),
    "a.yaml": pod("a"),
    "c.yml": pod("c"),
    "Z.yaml": pod("z"),
    "d.yaml/inner.json": pod("d-inner"),
    "b.d/2.yaml": pod("b-d-2"),
    "b.d/1.yaml": pod("b-d-1"),
    "b.d/deep/x.json": pod("b-d-deep"),
  });
  assert.equal(await podsOf("-f", path), ["z", "a", "b", "c"]);
  // Bytes decide: "b.d" comes before "b.json".
  const all = ["z", "a", "b-d-1", "b-d-2", "b-d-deep", "b", "c", "d-inner"];
  assert.equal(await podsOf("-R", "-f", path), all);
  assert.equal(await podsOf("--recursive", "-f", path), all);
});

test("without -R subfolders are named in one line, with what else is passed over", async () => {
  const path = folder("dump", {
    "nodes.json": node("a"),
    "kube-system/pods.json": pod("p"),
    "default/pods.json": pod("q"),
    "default/web-0/logs.txt": "log",
    "README.md": "# read me",
    "nodes.json.bak": "{",
  });
  assert.is(
    (await check(["-f", path])).stderr,
    "topomatch: dump: passed over 2 subfolders, which -R reads (default, kube-system) and 2 files of other types " +
      "(README.md, nodes.json.bak)\n",
  );
  assert.is(
    (await check(["-f", path, "-R"])).stderr,
    "topomatch: dump: passed over 3 files of other types (README.md, default/web-0/logs.txt, nodes.json.bak)\n",
  );
  assert.is((await check(["-f", path, "-q"])).stderr, "");
});

test("a folder in which nothing is passed over is read without a word", async () => {
  assert.is((await check(["-f", folder("plain", { "a.json": node("a"), "b.yaml": pod("p") })])).stderr, "");
});

test("of many names the first ones are told", async () => {
  const path = folder("many", { "a.json": node("a") });
  for (let i = 10; i < 20; i++) mkdirSync(join(path, `ns-${i}`));
  for (let i = 0; i < 5; i++) files.write(`many/${i}.txt`, "");
  const names = Array.from({ length: 8 }, (_, i) => `ns-${i + 10}`).join(", ");
  assert.is(
    (await check(["-f", path])).stderr,
    `topomatch: many: passed over 10 subfolders, which -R reads (${names} and 2 more) and 5 files of other types ` +
      "(0.txt, 1.txt, 2.txt and 2 more)\n",
  );
});

test("links to files are read, links to folders are not followed and are said", async () => {
  const path = folder("links", { "a.json": node("a"), "sub/p.json": pod("p"), "elsewhere.txt": "" });
  symlinkSync(path, join(path, "sub", "back"));
  symlinkSync(join(path, "sub", "p.json"), join(path, "linked.json"));
  symlinkSync(join(path, "nowhere"), join(path, "dangling.txt"));
  assert.equal(await podsOf("-f", path), ["p"]);
  const { status, stderr } = await check(["-R", "-f", path]);
  assert.is(status, 0);
  assert.match(
    stderr,
    /passed over 1 link to a folder \(sub\/back\) and 2 files of other types \(dangling\.txt, elsewhere/,
  );
});

test("a link to nowhere that has the name of a file to read ends the run", async () => {
  const path = folder("broken", {});
  symlinkSync(join(path, "nowhere"), join(path, "a.yaml"));
  assert.equal(await check(["-f", path]), {
    status: 2,
    stdout: "",
    stderr: "topomatch: broken/a.yaml: cannot be read: no such file or folder\n",
  });
});

type Nothing = readonly [name: string, argv: () => readonly string[], stdin: readonly string[], sentence: string];

const NOTHING: readonly Nothing[] = [
  ["a folder without files", () => ["-f", folder("bare", {})], [], "bare: no .yaml, .yml or .json file in this folder"],
  [
    "a folder without files, with -R",
    () => ["-R", "-f", folder("bare-r", { "x/a.txt": "" })],
    [],
    "bare-r: no .yaml, .yml or .json file in this folder and its subfolders; bare-r: passed over 1 file of other types " +
      "(x/a.txt)",
  ],
  [
    "a folder with files in subfolders only",
    () => ["-f", folder("below", { "sub/a.json": node("a") })],
    [],
    "below: no .yaml, .yml or .json file in this folder; below: passed over 1 subfolder, which -R reads (sub)",
  ],
  ["a file without a byte", () => ["-f", files.write("empty.yaml", "")], [], "empty.yaml is empty"],
  [
    "several files without a byte",
    () => ["-f", files.write("e1.yaml", ""), "-f", files.write("e2.yaml", "")],
    [],
    "e1.yaml, e2.yaml are empty",
  ],
  [
    "standard input of blanks",
    () => ["-f", "-"],
    ["\n  \n"],
    "no object of a kind that is looked at in standard input: skipped 1 empty document",
  ],
  [
    "an empty list",
    () => ["-f", "-"],
    ['{"apiVersion": "v1", "kind": "List", "items": []}'],
    "no object of a kind that is looked at in standard input",
  ],
  [
    "objects of unknown kinds",
    () => ["-f", "-"],
    ["kind: Secret\nmetadata: {name: a}\nstringData: {password: hunter2}\n---\nkind: Secret\n"],
    "no object of a kind that is looked at in standard input: skipped 2 objects of unknown kind Secret",
  ],
  [
    "more files than are worth naming",
    () => ["-f", folder("four", { "a.json": "", "b.json": "", "c.json": "", "d.json": "" })],
    [],
    "4 files are empty",
  ],
];

for (const [name, argv, stdin, sentence] of NOTHING) {
  for (const more of [[], ["-q", "-o", "json"], ["--print-objects"], ["--mode", "manifests"]]) {
    test(`${name} is no input${more.length > 0 ? `, with ${more.join(" ")}` : ""}`, async () => {
      assert.equal(await check([...argv(), ...more], { stdin }), {
        status: 2,
        stdout: "",
        stderr: `topomatch: nothing was read: ${sentence}\n`,
      });
    });
  }
}

test("one object is enough, whatever stands beside it", async () => {
  const outcome = await check(["-f", "-", "-f", files.write("beside.yaml", "")], {
    stdin: [JSON.stringify(node("a"))],
  });
  assert.equal(outcome, {
    status: 0,
    stdout: "0 pods, 1 node: nothing to evaluate\n",
    stderr: "topomatch: skipped 1 empty document\n",
  });
});

test.run();
