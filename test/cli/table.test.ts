// cli: what people see: the table, its wide form, colours, and what -q and --no-headers leave out.

import { suite } from "uvu";
import * as assert from "uvu/assert";
import { rejectionRows } from "../../lib/cli/rejection-rows.js";
import type { Feasibility } from "../../lib/index.js";
import { claim, delayed, list, node, onNode, pod, storageClass, volume } from "./objects.js";
import type { Outcome, Surroundings } from "./program.js";
import { Files, topomatch } from "./program.js";

const test = suite("table");
const files = new Files();
test.after(() => files.remove());

const BIND = "node(s) didn't find available persistent volumes to bind";
const AFFINITY = "node(s) didn't match PersistentVolume's node affinity";

const numbered = (count: number) => Array.from({ length: count }, (_, i) => `n${String(i).padStart(4, "0")}`);
const bound = { volumeName: "pv-0", storageClassName: "local" };
const annotations = { "pv.kubernetes.io/bind-completed": "yes" };

/** One pod that wants a bound volume of the first node, and that many nodes. */
const pinned = (nodes: number, pods = ["web"]) =>
  list(
    ...numbered(nodes).map((name) => node(name)),
    storageClass("local", delayed),
    volume("pv-0", { ...onNode("n0000"), storageClassName: "local" }),
    claim("data", bound, { annotations }),
    ...pods.map((name) => pod(name, ["data"])),
  );

async function check(objects: object, argv: readonly string[] = [], surroundings: Surroundings = {}): Promise<Outcome> {
  return topomatch(["check", "-f", files.write("cluster.json", objects), ...argv], surroundings);
}

const linesOf = (text: string): string[] => text.split("\n").slice(0, -1);

test("wide has one line for each plugin and its reasons, with how many nodes there are and the first by name", async () => {
  const { stdout } = await check(pinned(5000), ["-o", "wide"]);
  assert.equal(linesOf(stdout), [
    "POD          NODES      ANSWER",
    "default/web  1/5000     n0000",
    `  4,999 nodes  VolumeBinding: ${AFFINITY}  n0001, n0002, n0003 and 4,996 more`,
    "",
    "1 pod, 5,000 nodes: 1 fits",
  ]);
});

test("twenty pods on a thousand nodes are twenty lines and twenty groups, wide", async () => {
  const names = Array.from({ length: 20 }, (_, i) => `web-${i}`);
  const { stdout } = await check(pinned(1000, names), ["-o", "wide", "--no-headers"]);
  assert.is(linesOf(stdout).length, 40);
});

test("groups are aligned, the largest first, equal ones by their reasons, and one node is one node", async () => {
  const objects = list(
    ...["a", "b", "c", "d"].map((name) => node(name)),
    storageClass("local", delayed),
    volume("pv-0", { ...onNode("d"), storageClassName: "local" }),
    volume("pv-1", { ...onNode("a"), storageClassName: "local" }, { status: { phase: "Available" } }),
    claim("data", bound, { annotations }),
    claim("more", { storageClassName: "local" }),
    pod("web", ["data", "more"]),
  );
  // Bound to d, and free volumes of the class only on a: a has the wrong disk, d no second one, the others neither.
  const { status, stdout } = await check(objects, ["-o", "wide", "--no-headers"]);
  assert.is(status, 1);
  assert.equal(linesOf(stdout).slice(1), [
    `  2 nodes  VolumeBinding: ${AFFINITY}; ${BIND}${" ".repeat(2)}b, c`,
    `  1 node   VolumeBinding: ${BIND}${" ".repeat(AFFINITY.length + 4)}d`,
    `  1 node   VolumeBinding: ${AFFINITY}${" ".repeat(BIND.length + 4)}a`,
  ]);
});

test("groups of any order and size are told in one way", () => {
  const group = (reason: string, size: number) => {
    const names = numbered(size).reverse();
    return { plugin: "P", reasons: [reason], nodes: { size, [Symbol.iterator]: () => names[Symbol.iterator]() } };
  };
  const verdict = { rejected: [group("b", 2), group("long", 12), group("a", 2)] } as unknown as Feasibility;
  assert.equal(rejectionRows(verdict), [
    "  12 nodes  P: long  n0000, n0001, n0002 and 9 more",
    "   2 nodes  P: a     n0000, n0001",
    "   2 nodes  P: b     n0000, n0001",
  ]);
});

test("wide names up to five nodes that fit, the table three, and both say when it is every node", async () => {
  const rows = async (nodes: number, ...argv: string[]) => {
    const affinity = { matchExpressions: [{ key: "kubernetes.io/hostname", operator: "NotIn", values: ["n0000"] }] };
    const objects = list(
      ...numbered(nodes).map((name) => node(name)),
      storageClass("local", delayed),
      volume("pv-0", { storageClassName: "local", nodeAffinity: { required: { nodeSelectorTerms: [affinity] } } }),
      claim("data", bound, { annotations }),
      pod("web", ["data"]),
      pod("free"),
    );
    const { stdout } = await check(objects, ["--no-headers", ...argv]);
    return linesOf(stdout)
      .filter((line) => line.startsWith("default/"))
      .map((line) => line.split(/ {2,}/)[2]);
  };
  const five = numbered(6).slice(1).join(", ");
  assert.equal(await rows(6, "-o", "wide"), [five, "every node"]);
  assert.equal(await rows(7, "-o", "wide"), [`${five} and 1 more`, "every node"]);
  assert.equal(await rows(7), ["n0001, n0002, n0003 and 3 more", "every node"]);
  assert.equal(await rows(2), ["n0001", "n0000, n0001"]);
});

test("wide says nothing more of a pod that is rejected before any node is looked at", async () => {
  const { stdout } = await check(list(node("a"), pod("web", ["lost"])), ["-o", "wide", "--no-headers"]);
  assert.equal(linesOf(stdout), [
    'default/web  0/1    0/1 nodes are available: persistentvolumeclaim "lost" not found.',
  ]);
});

test("--no-headers leaves out the headings and the summary, and nothing else", async () => {
  const whole = linesOf((await check(pinned(3))).stdout);
  assert.equal(linesOf((await check(pinned(3), ["--no-headers"])).stdout), whole.slice(1, -2));
  assert.is((await check(list(node("a")), ["--no-headers"])).stdout, "");
});

test("names of others cannot turn the terminal red or forge a line", async () => {
  const evil = "a\u001b[31m\nb";
  const objects = list(
    { kind: "Node", metadata: { name: evil } },
    { kind: "Pod", metadata: { name: evil } },
    { kind: "Node", metadata: { name: "good", labels: { "kubernetes.io/hostname": "n0000" } } },
    storageClass("local", delayed),
    volume("pv-0", { ...onNode("n0000"), storageClassName: "local" }),
    claim("data", bound, { annotations }),
    pod("web", ["data"]),
  );
  const { stdout } = await check(objects, ["-o", "wide", "--no-headers", "--filters", "VolumeBinding"]);
  assert.not.ok(stdout.includes("\u001b"));
  const shown = "a\\u001b[31m\\u000ab";
  assert.equal(linesOf(stdout), [
    `default/${shown}  2/2    ${shown}, good`,
    `default/web${" ".repeat(shown.length - 3)}  1/2    good`,
    `  1 node   VolumeBinding: ${AFFINITY}  ${shown}`,
  ]);
});

const COLORS: readonly (readonly [argv: string[], surroundings: Surroundings, colored: boolean])[] = [
  [[], {}, false],
  [[], { isTTY: true }, true],
  [[], { isTTY: true, env: { TERM: "dumb" } }, false],
  [[], { isTTY: true, env: { NO_COLOR: "1" } }, false],
  [[], { env: { FORCE_COLOR: "1" } }, true],
  [[], { isTTY: true, env: { FORCE_COLOR: "0" } }, false],
  [["--color", "auto"], { env: { FORCE_COLOR: "1" } }, true],
  [["--color", "auto"], {}, false],
  [["--color", "always"], {}, true],
  [["--color", "always"], { env: { NO_COLOR: "1", TERM: "dumb" } }, true],
  [["--color=never"], { isTTY: true, env: { FORCE_COLOR: "1" } }, false],
];

for (const [argv, surroundings, colored] of COLORS) {
  const { env = {}, isTTY = false } = surroundings;
  const where = `${isTTY ? "on a terminal" : "in a pipe"}, ${JSON.stringify(env)}`;
  test(`colours: ${argv.join(" ") || "nothing chosen"}, ${where}`, async () => {
    const { stdout } = await check(pinned(2), argv, surroundings);
    assert.is(stdout.includes("\u001b["), colored);
  });
}

test("-q leaves standard error empty; the verdict is in standard output and the status", async () => {
  const objects = list(node("a"), node("a"), { kind: "Secret" }, pod("web", ["lost"]));
  const loud = await check(objects);
  // A node twice, an unknown kind, and no claim at all.
  assert.is(linesOf(loud.stderr).length, 3);
  assert.equal(await check(objects, ["-q"]), { ...loud, stderr: "" });
  assert.equal(await check(objects, ["--quiet"]), { ...loud, stderr: "" });
  assert.is(loud.status, 1);
});

test("-q does not hide what --strict refuses", async () => {
  const path = files.write("twice.yaml", "kind: Node\nmetadata: {name: a}\nspec: {}\nspec: {}\n");
  assert.is((await topomatch(["check", "-f", path, "-q"])).stderr, "");
  const refused = await topomatch(["check", "-f", path, "-q", "--strict"]);
  assert.equal([refused.status, refused.stdout, linesOf(refused.stderr).length], [2, "", 2]);
  assert.match(refused.stderr, /spec/);
});

test("-q does not hide why a run ended", async () => {
  const { status, stderr } = await check(list(node("a")), ["-q", "web"]);
  assert.equal([status, linesOf(stderr).length], [2, 1]);
});

test.run();
