// cli: the command line, and what is said of a wrong one.

import { suite } from "uvu";
import * as assert from "uvu/assert";
import { list, node, pod } from "./objects.js";
import { Files, topomatch } from "./program.js";

const test = suite("arguments");
const files = new Files();
test.after(() => files.remove());

const HINT = "(topomatch --help says more)";

const WRONG: readonly (readonly [name: string, argv: readonly string[], sentence: string])[] = [
  ["no command", [], "a command is missing: topomatch check -f PATH"],
  ["another command", ["explain"], "there is no command explain"],
  ["no path", ["check"], "check needs -f PATH: a file, a folder, or - for standard input"],
  ["an unknown option", ["check", "-f", "-", "--verbose"], "unknown option '--verbose'"],
  ["an option without its value", ["check", "-f"], "option '-f, --filename <value>' argument missing"],
  ["an empty namespace", ["check", "-f", "-", "-n", ""], "-n needs a namespace"],
  ["another mode", ["check", "-f", "-", "--mode", "dead"], "--mode must be one of live, manifests, but is dead"],
  ["another output", ["check", "-f", "-", "-o", "name"], "-o must be one of table, wide, json, yaml, but is name"],
  ["a gate without value", ["check", "-f", "-", "--gate", "A"], "--gate must be NAME=true or NAME=false, but is A"],
  [
    "a gate of another value",
    ["check", "-f", "-", "--gate", "A=on"],
    "--gate must be NAME=true or NAME=false, but is A=on",
  ],
  [
    "a gate that is not offered",
    ["check", "-f", "-", "--gate", "SidecarContainers=true"],
    "Kubernetes 1.37 has no feature gate SidecarContainers that is offered here",
  ],
  [
    "a locked gate",
    ["check", "-f", "-", "--gate", "VolumeAttributesClass=false"],
    "feature gate VolumeAttributesClass is locked to true in Kubernetes 1.37",
  ],
  [
    "a gate off that another needs",
    ["check", "-f", "-", "--gate", "PodLevelResources=false"],
    "feature gate PodLevelResources cannot be off while InPlacePodLevelResourcesVerticalScaling is on",
  ],
  [
    "a release that is not offered",
    ["check", "-f", "-", "--kubernetes", "1.32"],
    "kubernetes must be one of 1.33, 1.34, 1.35, 1.36, 1.37, but is 1.32",
  ],
  ["an unknown filter", ["check", "-f", "-", "--filters", "VolumeBind"], "filter VolumeBind is unknown"],
  [
    "a filter that is not carried out",
    ["check", "-f", "-", "--filters", "VolumeBinding,NodeName"],
    "filter NodeName is not carried out yet",
  ],
  ["standard input twice", ["check", "-f", "-", "-f", "-"], "-f - can be given once"],
];

for (const [name, argv, sentence] of WRONG) {
  test(`${name} is refused with status 2, one line and nothing on standard output`, async () => {
    assert.equal(await topomatch(argv), { status: 2, stdout: "", stderr: `topomatch: ${sentence} ${HINT}\n` });
  });
}

test("--help says how to use the command, wherever it stands", async () => {
  for (const argv of [["--help"], ["-h"], ["check", "--help"]]) {
    const { status, stderr, stdout } = await topomatch(argv);
    assert.is(status, 0);
    assert.is(stderr, "");
    assert.match(stdout, /^topomatch: .*\n\nUsage: topomatch check -f PATH/);
  }
});

test("--version prints the version of the package", async () => {
  const { status, stdout } = await topomatch(["--version"]);
  assert.is(status, 0);
  assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
});

test("the report repeats what was asked for, with the defaults filled in", async () => {
  const { apiVersion, filters, gates, kind, kubernetes, mode, nodes } = await files.report("plain.json", node("a"));
  assert.equal(
    { apiVersion, filters, gates, kind, kubernetes, mode, nodes },
    {
      apiVersion: "topomatch/v1",
      kind: "FeasibilityReport",
      kubernetes: "1.37",
      mode: "live",
      filters: ["VolumeBinding"],
      gates: {},
      nodes: 1,
    },
  );
});

test("the report repeats what was asked for, in canonical form", async () => {
  const { filters, gates, kubernetes, mode } = await files.report(
    "plain.json",
    node("a"),
    ...["--mode", "manifests", "--kubernetes", "1.35", "--filters", " VolumeBinding,,VolumeBinding "],
    // The first is the release's default, the second is not.
    ...["--gate", "VolumeAttributesClass=true", "--gate", "StorageCapacityScoring=true"],
  );
  assert.equal(
    { filters, gates, kubernetes, mode },
    { filters: ["VolumeBinding"], gates: { StorageCapacityScoring: true }, kubernetes: "1.35", mode: "manifests" },
  );
});

test("an empty list of filters means all", async () => {
  assert.equal((await files.report("plain.json", node("a"), "--filters", "")).filters, ["VolumeBinding"]);
});

test("named pods are evaluated in the order of the command line, each once", async () => {
  const pods = list(node("a"), pod("one"), pod("two"), { kind: "Pod", metadata: { name: "three", namespace: "shop" } });
  const report = await files.report("pods.json", pods, "two", "shop/three", "default/two", "one");
  assert.equal(
    report.pods.map((entry) => entry.pod),
    ["default/two", "shop/three", "default/one"],
  );
});

test("a pod that is not there ends the run", async () => {
  const outcome = await files.check("pods.json", list(node("a"), pod("one")), "one", "-n", "shop", "two");
  // The pod came without namespace, so it is in that of -n.
  assert.equal(outcome, { status: 2, stdout: "", stderr: "topomatch: there is no pod shop/two in the input\n" });
});

test.run();
