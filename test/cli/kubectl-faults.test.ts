// cli: a kubectl that is slow, that talks, that fails, that dies in the middle, or that is not there.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { topomatch } from "./program.js";
import { BASE, files, run } from "./served-cluster.js";
import type { StandIn } from "./stand-in-kubectl.js";

const test = suite("kubectl faults");
test.after(() => files.remove());

test("a slow kubectl is waited for", async () => {
  const { status, stderr, stdout } = await run({ ...BASE, delay: 100 }, "check", "-A", "--no-headers");
  assert.equal([status, stderr, stdout.trimEnd().split("\n").length], [1, "", 2]);
});

test("what kubectl says besides is passed on, and not with -q", async () => {
  const asked = { ...BASE, says: "To sign in, open \u001b[1mhttps://example.com" };
  const { stderr } = await run(asked, "check", "-A");
  const line = "topomatch: kubectl: To sign in, open \\u001b[1mhttps://example.com\n";
  assert.is(stderr, `${line}${line}`);
  assert.is((await run(asked, "check", "-A", "-q")).stderr, "");
  // It is no refusal, and no fault.
  const refused = await run({ ...asked, forbidden: { "csinodes.storage.k8s.io": [] } }, "check", "-A", "-q");
  assert.is(refused.status, 1);
});

const FAULTS: readonly (readonly [what: string, asked: Partial<StandIn>, sentence: string])[] = [
  [
    "the server is not there",
    {
      fails:
        'E1129 22:19:47.151310    8122 memcache.go:265] "Unhandled Error" err="couldn\'t get current server API group list"\n' +
        "The connection to the server 127.0.0.1:8080 was refused - did you specify the right host or port?",
    },
    "kubectl api-resources failed: The connection to the server 127.0.0.1:8080 was refused - did you specify the right " +
      "host or port?",
  ],
  [
    "there is no such context",
    { fails: 'error: context "nope" does not exist' },
    'kubectl api-resources failed: context "nope" does not exist',
  ],
  ["it serves nothing that is looked at", { lists: {} }, "kubectl api-resources names no kind that is looked at"],
  ["it dies in the middle", { fault: "dies" }, "kubectl get failed with status 1 and said nothing"],
  ["it is killed in the middle", { fault: "is killed" }, "kubectl get was ended by SIGKILL"],
  [
    "one kind times out",
    { fault: "times out" },
    "kubectl get failed: Error from server: etcdserver: request timed out",
  ],
  [
    "one kind may not be listed and another times out",
    { fault: "times out", forbidden: { "csinodes.storage.k8s.io": [] } },
    'kubectl get failed: Error from server (Forbidden): csinodes.storage.k8s.io is forbidden: User "dev" cannot list ' +
      'resource "csinodes" in API group "storage.k8s.io" at the cluster scope; Error from server: etcdserver: request ' +
      "timed out",
  ],
  ["it prints nothing", { fault: "prints nothing" }, "kubectl get printed nothing"],
];

for (const [what, asked, sentence] of FAULTS) {
  test(`${what}: one sentence, and status 2`, async () => {
    const { status, stderr, stdout } = await run({ ...BASE, ...asked }, "check");
    assert.equal([status, stdout, stderr], [2, "", `topomatch: ${sentence}\n`]);
  });
}

test("no JSON, or not all of it: one sentence, and status 2", async () => {
  const page = await run({ ...BASE, fault: "prints no JSON" }, "check");
  assert.equal(
    [page.status, page.stdout, page.stderr],
    [2, "", "topomatch: kubectl get: document 1: line 1: a value is missing\n"],
  );
  const half = await run({ ...BASE, fault: "stops early" }, "check");
  assert.equal([half.status, half.stdout], [2, ""]);
  assert.match(half.stderr, /^topomatch: kubectl get: document 1.*: line \d+: .*\n$/);
});

test("without kubectl on the PATH: one sentence that names -f", async () => {
  const folder = join(files.folder, "empty");
  mkdirSync(folder);
  for (const argv of [["check"], ["check", "-n", "a"], ["lint"]]) {
    const { status, stderr, stdout } = await topomatch(argv, { env: { PATH: folder } });
    assert.equal([status, stdout], [2, ""]);
    assert.is(
      stderr,
      "topomatch: without -f PATH the cluster is asked through kubectl, which is not on the PATH " +
        `(topomatch ${argv[0]} --help says more)\n`,
    );
  }
});

test.run();
