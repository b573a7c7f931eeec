// cli: the command line, and what is said of a wrong one.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { FILTERS_CARRIED_OUT } from "../../lib/options.js";
import { root } from "../support/package.js";
import { list, node, pod } from "./objects.js";
import { Files, topomatch } from "./program.js";

const test = suite("arguments");
const files = new Files();
test.after(() => files.remove());

const NOT_A_COMMAND = "(topomatch --help says more)";
const HINT = "(topomatch check --help says more)";

type Wrong = readonly (readonly [name: string, argv: readonly string[], sentence: string])[];

const NO_COMMAND: Wrong = [
  ["no command", [], "a command is missing: topomatch check -f PATH"],
  ["an option instead of a command", ["-f", "x.yaml"], "a command is missing before -f: topomatch check -f PATH"],
  ["another command", ["explode"], "there is no command explode"],
  ["a command that is nearly one", ["chekc", "-f", "-"], "there is no command chekc; did you mean check?"],
];

const WRONG: Wrong = [
  [
    "manifests mode without a path",
    ["check", "--mode", "manifests"],
    "--mode manifests needs -f PATH: a file, a folder, or - for standard input",
  ],
  ["-R without a path", ["check", "-R"], "-R needs -f PATH: a file, a folder, or - for standard input"],
  [
    "a context beside a path",
    ["check", "-f", "-", "-A", "--context", "prod", "--kubeconfig", "x"],
    "-A, --context, --kubeconfig: for a cluster that kubectl reads, but -f reads files",
  ],
  ["an empty context", ["check", "--context", ""], "--context needs a name"],
  ["an empty path of kubectl's", ["check", "--kubeconfig", ""], "--kubeconfig needs a path"],
  ["an empty path", ["check", "-f", ""], "-f needs a path: a file, a folder, or - for standard input"],
  ["an unknown option", ["check", "-f", "-", "--verbose"], "unknown option --verbose"],
  ["an unknown short option", ["check", "-f", "-", "-x"], "unknown option -x"],
  [
    "an option that is nearly one",
    ["check", "-f", "-", "--kuberntes", "1.35"],
    "unknown option --kuberntes; did you mean --kubernetes?",
  ],
  ["a switch with a value", ["check", "-f", "-", "--plans=yes"], "--plans takes no value, but is written --plans=yes"],
  ["an option without its value", ["check", "-f"], "-f, --filename needs PATH"],
  ["a long option without its value", ["check", "-f", "-", "--mode"], "--mode needs MODE"],
  ["an empty namespace", ["check", "-f", "-", "-n", ""], "-n needs a namespace"],
  ["an option as a namespace", ["check", "-f", "-", "-n", "-o"], "-n needs a namespace, but is -o"],
  ["another mode", ["check", "-f", "-", "--mode", "dead"], "--mode must be one of live, manifests, but is dead"],
  [
    "a mode that is nearly one",
    ["check", "-f", "-", "--mode", "manifest"],
    "--mode must be one of live, manifests, but is manifest; did you mean manifests?",
  ],
  ["another output", ["check", "-f", "-", "-o", "name"], "-o must be one of table, wide, json, yaml, but is name"],
  [
    "an output that is nearly one",
    ["check", "-f", "-", "-o", "jsn"],
    "-o must be one of table, wide, json, yaml, but is jsn; did you mean json?",
  ],
  ["another color", ["check", "-f", "-", "--color", "blue"], "--color must be one of auto, always, never, but is blue"],
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
    "a gate that is nearly one",
    ["check", "-f", "-", "--gate", "VolumeAttributeClass=true"],
    "Kubernetes 1.37 has no feature gate VolumeAttributeClass that is offered here; did you mean VolumeAttributesClass?",
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
  ...[["1.32"], ["1.32.4"], ["1.35.x"], ["v1.32.1-eks-1"], ["latest"]].map(
    ([release]) =>
      [
        `the release ${release}, which is not offered`,
        ["check", "-f", "-", "--kubernetes", release],
        `--kubernetes must be one of 1.33, 1.34, 1.35, 1.36, 1.37 or a patch release of one, but is ${release}`,
      ] as const,
  ),
  [
    "a release that is nearly a minor",
    ["check", "-f", "-", "--kubernetes", "v1.35"],
    "--kubernetes must be one of 1.33, 1.34, 1.35, 1.36, 1.37 or a patch release of one, but is v1.35; did you mean 1.35?",
  ],
  ["an unknown filter", ["check", "-f", "-", "--filters", "Ports"], "filter Ports is unknown"],
  [
    "a filter that is nearly one",
    ["check", "-f", "-", "--filters", "VolumeBind"],
    "filter VolumeBind is unknown; did you mean VolumeBinding?",
  ],
  [
    "a word that is nearly that for the volume plugins",
    ["check", "-f", "-", "--filters", "volume"],
    "filter volume is unknown; did you mean volumes?",
  ],
  ["standard input twice", ["check", "-f", "-", "-f", "-"], "-f - can be given once"],
  [
    "--assume-provisioned in live mode",
    ["check", "-f", "-", "--assume-provisioned"],
    "--assume-provisioned needs --mode manifests",
  ],
  [
    "a pod of three parts",
    ["check", "-f", "-", "pod/shop/web"],
    "POD must be NAME, NAMESPACE/NAME or pod/NAME, but is pod/shop/web",
  ],
  ["a pod without a name", ["check", "-f", "-", ""], "POD must be NAME, NAMESPACE/NAME or pod/NAME, but is empty"],
];

for (const [hint, table] of [
  [NOT_A_COMMAND, NO_COMMAND],
  [HINT, WRONG],
] as const) {
  for (const [name, argv, sentence] of table) {
    test(`${name} is refused with status 2, one line and nothing on standard output`, async () => {
      assert.equal(await topomatch(argv), { status: 2, stdout: "", stderr: `topomatch: ${sentence} ${hint}\n` });
    });
  }
}

test("volumes stands for the four volume plugins", async () => {
  const { filters } = await files.report("volumes.json", node("a"), "--filters", "volumes");
  assert.equal(filters, ["VolumeRestrictions", "NodeVolumeLimits", "VolumeBinding", "VolumeZone"]);
});

test("--help and help say how the program and its command are used, wherever they stand", async () => {
  for (const argv of [["--help"], ["-h"], ["help"]]) {
    const { status, stderr, stdout } = await topomatch(argv);
    assert.equal([status, stderr], [0, ""], argv.join(" "));
    assert.match(stdout, /^Usage: topomatch COMMAND .*\n\n.*if on none, why\?\n/);
    for (const name of ["check", "help", "version"]) assert.match(stdout, new RegExp(`^  ${name} +\\S`, "m"));
  }
  const texts = new Set<string>();
  for (const argv of [
    ["check", "--help"],
    ["check", "-h", "-f", "x"],
    ["check", "-f", "none.json", "--help"],
    ["help", "check"],
  ]) {
    const { status, stderr, stdout } = await topomatch(argv);
    assert.equal([status, stderr], [0, ""], argv.join(" "));
    assert.match(stdout, /^Usage: topomatch check \[-f PATH/);
    texts.add(stdout);
  }
  assert.is(texts.size, 1);
});

test("help on a command that is not there is refused", async () => {
  const { status, stderr } = await topomatch(["help", "chck"]);
  assert.equal(
    [status, stderr],
    [2, "topomatch: there is no command chck; did you mean check? (topomatch help --help says more)\n"],
  );
});

test("the help of check describes every option once, and its lines fit a terminal of 100 columns", async () => {
  const { stdout } = await topomatch(["help", "check"]);
  const flags = ["-f, --filename PATH", "-R, --recursive", "-n, --namespace NS", "--mode MODE", "--strict"];
  flags.push("--assume-provisioned", "--filters NAME,...", "--kubernetes MINOR", "--gate NAME=BOOL", "--plans");
  flags.push("--print-objects", "-o, --output FORMAT", "--no-headers", "--color WHEN", "-q, --quiet", "-h, --help");
  flags.push("-A, --all-namespaces", "--context NAME", "--kubeconfig PATH");
  const listed = [...stdout.matchAll(/^ {2}(-.*?)(?: {2}|$)/gm)].map(([, flag]) => flag);
  assert.equal(listed.sort(), flags.sort());
  assert.match(stdout, /^ {2}-h, --help +print this$/m);
  for (const line of stdout.split("\n")) if (!line.startsWith("Example:")) assert.ok(line.length <= 100, line);
});

test("--version and version print the version of the package", async () => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  for (const argv of [["--version"], ["version"], ["check", "-f", "x", "--version"]]) {
    assert.equal(await topomatch(argv), { status: 0, stdout: `${version}\n`, stderr: "" }, argv.join(" "));
  }
});

test("long and short options, and values behind an equals sign, are the same", async () => {
  const path = files.write("same.json", list(node("a"), pod("one")));
  const expected = (await topomatch(["check", "-f", path, "-n", "shop", "-o", "json"])).stdout;
  assert.match(expected, /"shop\/one"/);
  for (const argv of [
    ["--filename", path, "--namespace", "shop", "--output", "json"],
    [`--filename=${path}`, "--namespace=shop", "--output=json"],
    [`-f=${path}`, "-n=shop", "-o=json"],
    [`-f${path}`, "-nshop", "-ojson"],
  ]) {
    assert.is((await topomatch(["check", ...argv])).stdout, expected, argv.join(" "));
  }
});

for (const release of ["1.35.2", "v1.35.2", "v1.35.2-eks-1", "v1.35.2+k3s1", "1.35.0-gke.1150000"]) {
  test(`--kubernetes ${release} means 1.35`, async () => {
    assert.is((await files.report("plain.json", node("a"), "--kubernetes", release)).kubernetes, "1.35");
  });
}

test("the report repeats what was asked for, with the defaults filled in", async () => {
  const { apiVersion, filters, gates, kind, kubernetes, mode, nodes } = await files.report("plain.json", node("a"));
  assert.equal(
    { apiVersion, filters, gates, kind, kubernetes, mode, nodes },
    {
      apiVersion: "topomatch/v1",
      kind: "FeasibilityReport",
      kubernetes: "1.37",
      mode: "live",
      filters: FILTERS_CARRIED_OUT,
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
  assert.equal((await files.report("plain.json", node("a"), "--filters", "")).filters, FILTERS_CARRIED_OUT);
});

test("filters of several options are those of all", async () => {
  const report = await files.report("plain.json", node("a"), "--filters", "VolumeBinding", "--filters", "");
  assert.equal(report.filters, ["VolumeBinding"]);
  const { stderr } = await topomatch(["check", "-f", "-", "--filters", "Ports", "--filters", "VolumeBinding"]);
  assert.is(stderr, `topomatch: filter Ports is unknown ${HINT}\n`);
});

test("filters are told in the scheduler's order, whatever the order of their names", async () => {
  const { filters } = await files.report("order.json", node("a"), "--filters", "VolumeZone,NodeName,VolumeBinding");
  assert.equal(filters, ["NodeName", "VolumeBinding", "VolumeZone"]);
});

test.run();
