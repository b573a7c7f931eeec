// cli: a cluster that is asked through kubectl, or what stands in its place on the PATH.

import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Written } from "./objects.js";
import type { Outcome } from "./program.js";
import { BASE, files, LISTS, run, wants } from "./served-cluster.js";

const test = suite("kubectl");
test.after(() => files.remove());

const ALL = Object.keys(LISTS).sort();

interface Entry {
  readonly pod: string;
  readonly feasible: readonly string[];
  readonly infeasible: readonly { readonly node: string; readonly plugin: string }[];
}

const podsOf = ({ stdout }: Outcome): Entry[] => JSON.parse(stdout).pods;
const named = (outcome: Outcome): string[] => podsOf(outcome).map(({ pod }) => pod);
/** The resources of a `get`, in the order of their names. */
const listed = (call: string): string[] => call.split(" ")[1].split(",").sort();

test("without -f all kinds that the cluster has are listed in one call, of all namespaces", async () => {
  const { calls, status, stderr, stdout } = await run(BASE, "check", "-o", "json");
  assert.is(status, 1);
  const [config, resources, get, ...more] = calls;
  assert.is(config, "config view --minify --output=jsonpath={..namespace}");
  assert.is(resources, "api-resources --verbs=list --output=name");
  assert.equal([listed(get), get.split(" ").slice(2), more], [ALL, ["--all-namespaces", "--output=json"], []]);
  const [{ feasible, infeasible, pod }] = JSON.parse(stdout).pods;
  // What a pod of another namespace takes from n-1 counts.
  assert.equal(
    [pod, feasible, infeasible.map(({ plugin }: { plugin: string }) => plugin)],
    ["team-a/web", [], ["NodeResourcesFit", "VolumeBinding"]],
  );
  assert.is(
    stderr,
    "topomatch: asked about pods of namespace team-a; in others 1 pod waits for a node: -A asks about them too\n",
  );
});

test("the pods of the context's namespace are asked about, of -n's, or with -A of all", async () => {
  assert.equal(named(await run(BASE, "check", "-o", "json")), ["team-a/web"]);
  assert.equal(named(await run({ lists: LISTS }, "check", "-o", "json")), []);
  const other = await run(BASE, "check", "-o", "json", "-n", "team-b");
  assert.equal(named(other), ["team-b/other"]);
  assert.not.ok(other.calls.some((call) => call.startsWith("config")));
  const all = await run(BASE, "check", "-o", "json", "-A");
  assert.equal([named(all), all.stderr], [["team-a/web", "team-b/other"], ""]);
});

test("a pod that is named is looked for in the context's namespace, or in its own", async () => {
  assert.equal(named(await run(BASE, "check", "-o", "json", "web", "team-b/other")), ["team-a/web", "team-b/other"]);
  const { status, stderr } = await run(BASE, "check", "other");
  assert.equal(
    [status, stderr],
    [2, "topomatch: there is no pod team-a/other in the input; one of that name is in namespace team-b\n"],
  );
});

test("--context and --kubeconfig are handed on, with every call", async () => {
  const { calls } = await run(BASE, "check", "--context", "-prod", "--kubeconfig", "a b.yaml");
  assert.is(calls.length, 3);
  for (const call of calls) assert.ok(call.endsWith(" --context=-prod --kubeconfig=a b.yaml"), call);
});

for (const command of ["explain", "plan"] as const) {
  test(`${command} asks the cluster too`, async () => {
    const { status, stdout } = await run(BASE, command);
    assert.is(status, 1);
    assert.match(stdout, /team-a\/web/);
    assert.not.match(stdout, /team-b\/other/);
  });
}

test("whatif asks the cluster too, and names without a namespace are in the context's", async () => {
  const { status, stdout } = await run(BASE, "whatif", "--resize", "data=2Gi", "-o", "json");
  assert.is(status, 0);
  assert.equal(JSON.parse(stdout).changes, [{ resizeClaim: { claim: "team-a/data", storage: "2Gi" } }]);
});

const dead = (namespace: string): Written => ({
  ...wants(namespace, "data"),
  spec: { accessModes: ["ReadWriteOnce"], storageClassName: "gone", resources: { requests: { storage: "1Gi" } } },
});

test("lint tells what is wrong in the namespace, or with -A in all; no file is its source", async () => {
  const lists = { ...LISTS, persistentvolumeclaims: [dead("team-a"), dead("team-b")] };
  const namesIn = ({ stdout }: Outcome): string[] =>
    JSON.parse(stdout).findings.flatMap(({ id, object }: { id: string; object: { namespace: string } }) =>
      id === "claim-class-unknown" ? object.namespace : [],
    );
  const one = await run({ ...BASE, lists }, "lint", "-o", "json");
  assert.equal(namesIn(one), ["team-a"]);
  assert.not.match(one.stdout, /source/);
  assert.match(one.stderr, /asked about namespace team-a; in others (?:is|are) \d+ findings?: -A tells them too\n$/);
  const all = await run({ ...BASE, lists }, "lint", "-o", "json", "-A");
  assert.equal(namesIn(all), ["team-a", "team-b"]);
});

test("a kind that may not be listed is named, with what verdicts rest on; the others are read", async () => {
  const forbidden = { "csinodes.storage.k8s.io": [], "volumeattachments.storage.k8s.io": [] };
  const { calls, stderr, stdout } = await run({ ...BASE, forbidden }, "check", "-A", "-o", "json");
  assert.is(calls.length, 3);
  assert.equal(JSON.parse(stdout).nodes, 2);
  assert.is(
    stderr,
    "topomatch: kubectl may not list csinodes.storage.k8s.io, volumeattachments.storage.k8s.io: they are taken not to be " +
      "there; only volumes of pods on a node count against its attach limits\n",
  );
});

test("what may be listed in the namespace alone is read there, kind by kind", async () => {
  const forbidden = {
    pods: ["team-a"],
    persistentvolumeclaims: ["team-a"],
    "csistoragecapacities.storage.k8s.io": ["team-a"],
  };
  const outcome = await run({ ...BASE, forbidden }, "check", "-o", "json");
  assert.equal(
    outcome.calls.slice(3).map((call) => call.split(" ").slice(1, 3)),
    [
      ["pods", "--namespace=team-a"],
      ["persistentvolumeclaims", "--namespace=team-a"],
    ],
  );
  // The pod that runs on n-1 is not seen.
  const [{ feasible, pod }] = podsOf(outcome);
  assert.equal([pod, feasible], ["team-a/web", ["n-1"]]);
  assert.equal(outcome.stderr.split("\n"), [
    "topomatch: kubectl may not list csistoragecapacities.storage.k8s.io: they are taken not to be there",
    "topomatch: kubectl may list pods, persistentvolumeclaims in namespace team-a only: what pods of others take from " +
      "nodes, and the volumes that they use, are not counted",
    "",
  ]);
});

test("namespaces that words name are read too", async () => {
  const forbidden = { pods: ["team-a", "team-b"] };
  const outcome = await run({ ...BASE, forbidden }, "check", "-o", "json", "web", "team-b/other");
  assert.equal(named(outcome), ["team-a/web", "team-b/other"]);
  assert.match(outcome.stderr, /may list pods in namespaces team-a, team-b only/);
});

test("refusals that name no kind: each kind of which nothing was read is asked for alone", async () => {
  const forbidden = { "csinodes.storage.k8s.io": [] };
  const { calls, stderr } = await run({ ...BASE, forbidden, unnamed: true, bare: true }, "check", "-A");
  const alone = calls.slice(3).map((call) => call.split(" ")[1]);
  assert.equal(alone.sort(), [
    "csidrivers.storage.k8s.io",
    "csinodes.storage.k8s.io",
    "csistoragecapacities.storage.k8s.io",
    "volumeattachments.storage.k8s.io",
  ]);
  assert.is(stderr, "topomatch: kubectl may not list csinodes.storage.k8s.io: they are taken not to be there\n");
});

for (const kind of ["nodes", "pods"] as const) {
  test(`without ${kind} there is no verdict, but lint goes on`, async () => {
    const asked = { ...BASE, forbidden: { [kind]: [] } };
    const { status, stderr, stdout } = await run(asked, "check");
    const sentence = `topomatch: kubectl may not list ${kind}: there is no verdict without them\n`;
    assert.equal([status, stdout, stderr], [2, "", sentence]);
    assert.match((await run(asked, "lint")).stderr, new RegExp(`^topomatch: kubectl may not list ${kind}: they are`));
  });
}

test("kinds that the cluster does not have are not asked for, and nothing is said", async () => {
  const { "csinodes.storage.k8s.io": _, ...lists } = LISTS;
  const { calls, stderr } = await run({ ...BASE, lists }, "check", "-A");
  assert.not.ok(calls[2].includes("csinodes"));
  assert.is(stderr, "");
});

test.run();
