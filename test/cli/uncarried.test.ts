// What pods use that plugins read which are not carried out is said in every output; so are nodes without a size.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Written } from "./objects.js";
import { list } from "./objects.js";
import { Files } from "./program.js";

const files = new Files();

const sized = { kind: "Node", metadata: { name: "a" }, status: { allocatable: { cpu: "4", pods: "10" } } };
const bare = { kind: "Node", metadata: { name: "b" } };
const podOf = (name: string, spec: Written): Written => ({ kind: "Pod", metadata: { name }, spec });
const term = { topologyKey: "zone", labelSelector: {} };
const spread = (whenUnsatisfiable: string): Written => ({
  topologySpreadConstraints: [{ ...term, whenUnsatisfiable }],
});
const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

const USES: readonly (readonly [spec: Written, said: string])[] = [
  [{ containers: [{ ports: [{ hostPort: 80 }] }] }, "NodePorts is not carried out: host ports"],
  [
    { initContainers: [{ restartPolicy: "Always", ports: [{ hostPort: 80 }] }] },
    "NodePorts is not carried out: host ports",
  ],
  [spread("DoNotSchedule"), "PodTopologySpread is not carried out: topology spread constraints"],
  [
    { affinity: { podAffinity: { [REQUIRED]: [term] } } },
    "InterPodAffinity is not carried out: affinity to other pods",
  ],
  [
    { affinity: { podAntiAffinity: { [REQUIRED]: [term] } } },
    "InterPodAffinity is not carried out: affinity to other pods",
  ],
  [{ resourceClaims: [{ name: "gpu" }] }, "DynamicResources is not carried out: resource claims"],
];

const END = " of 1 pod (first: default/p) may rule out more nodes";

for (const mode of ["live", "manifests"]) {
  test(`${mode}: what a pod uses is said below the table, and on standard error beside JSON and YAML`, async () => {
    for (const [spec, said] of USES) {
      const input = list(sized, podOf("p", spec), podOf("q", {}));
      for (const output of ["table", "wide", "json", "yaml"]) {
        const { status, stderr, stdout } = await files.check("x.json", input, "--mode", mode, "-o", output);
        assert.is(status, 0);
        const isTable = output === "table" || output === "wide";
        if (isTable) assert.is(stdout.trimEnd().split("\n").at(-1), `${said}${END}`);
        assert.is(stderr, isTable ? "" : `topomatch: ${said}${END}\n`);
      }
    }
  });
}

test("what is no condition, and what other pods use, is not said", async () => {
  const preferred = { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [term] } };
  const quiet = podOf("p", {
    ...spread("ScheduleAnyway"),
    affinity: preferred,
    containers: [{ ports: [{ containerPort: 80 }] }],
    initContainers: [{ ports: [{ hostPort: 80 }] }],
  });
  const running = podOf("r", { ...spread("DoNotSchedule"), nodeName: "a" });
  const { stderr, stdout } = await files.check("x.json", list(sized, quiet, running));
  assert.is(stderr, "");
  assert.match(stdout, /1 pod, 1 node: 1 fits\n$/);
  const asked = await files.check("x.json", list(sized, quiet, running), "r");
  assert.match(asked.stdout, /PodTopologySpread is not carried out/);
});

test("several uses are one line; the pods of a workload count", async () => {
  const template = { spec: { ...spread("DoNotSchedule"), containers: [{ ports: [{ hostPort: 80 }] }] } };
  const workload = { kind: "Deployment", metadata: { name: "d" }, spec: { replicas: 2, template } };
  const { stdout } = await files.check("x.json", list(sized, workload), "--mode", "manifests");
  const names = "NodePorts and PodTopologySpread are not carried out: host ports and topology spread constraints";
  assert.is(stdout.trimEnd().split("\n").at(-1), `${names} of 2 pods (first: default/d-0) may rule out more nodes`);
});

test("live mode says which nodes do not say what they hold, where that is asked", async () => {
  const input = list(sized, bare, podOf("p", {}));
  const hint =
    "topomatch: 1 node has no status.allocatable (first: b), so no pod fits there: --mode manifests sizes nodes that " +
    "were written by hand, --filters volumes looks at volumes alone\n";
  assert.is((await files.check("x.json", input)).stderr, hint);
  assert.is((await files.check("x.json", input, "--filters", "volumes")).stderr, "");
  assert.not.match((await files.check("x.json", input, "--mode", "manifests")).stderr, /so no pod fits there/);
  assert.is((await files.check("x.json", list(bare))).stderr, "");
});

test("--plans says where it shows nothing", async () => {
  const line = "topomatch: --plans adds nothing to a table: ask for -o json or yaml\n";
  const input = list(sized, podOf("p", {}));
  assert.is((await files.check("x.json", input, "--plans")).stderr, line);
  assert.is((await files.check("x.json", input, "--plans", "-o", "json")).stderr, "");
});

test.run();
