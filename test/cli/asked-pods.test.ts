// cli: pods that are named on the command line, and what is said of one that is not there.

import { suite } from "uvu";
import * as assert from "uvu/assert";
import { list, node, pod } from "./objects.js";
import { Files } from "./program.js";

const test = suite("asked pods");
const files = new Files();
test.after(() => files.remove());

const podIn = (namespace: string, name: string) => pod(name, [], { metadata: { name, namespace } });

async function asked(objects: readonly object[], ...argv: readonly string[]): Promise<string[]> {
  const report = await files.report("pods.json", list(node("a"), ...objects), ...argv);
  return report.pods.map((entry) => entry.pod);
}

async function refused(objects: readonly object[], ...argv: readonly string[]): Promise<string> {
  const { status, stderr, stdout } = await files.check("pods.json", list(node("a"), ...objects), ...argv);
  assert.equal([status, stdout], [2, ""]);
  return stderr;
}

test("named pods are evaluated in the order of the command line, each once", async () => {
  const pods = [pod("one"), pod("two"), podIn("shop", "three")];
  assert.equal(await asked(pods, "two", "shop/three", "default/two", "pod/two", "one"), [
    "default/two",
    "shop/three",
    "default/one",
  ]);
});

for (const kind of ["pod", "po", "pods"]) {
  test(`${kind}/NAME is the pod NAME in the namespace of -n`, async () => {
    assert.equal(await asked([podIn("shop", "web")], "-n", "shop", `${kind}/web`), ["shop/web"]);
  });

  test(`${kind}/NAME is the pod NAME in the namespace ${kind}, where there is one`, async () => {
    const pods = [podIn("shop", "web"), podIn(kind, "web")];
    assert.equal(await asked(pods, "-n", "shop", `${kind}/web`), [`${kind}/web`]);
  });
}

test("another kind names no pod", async () => {
  const sentence = "topomatch: there is no pod node/web in the input; one of that name is in namespace default\n";
  assert.is(await refused([pod("web")], "node/web"), sentence);
});

test("a pod that is not there ends the run", async () => {
  // The pod came without namespace, so it is in that of -n.
  assert.is(
    await refused([pod("one")], "one", "-n", "shop", "queue"),
    "topomatch: there is no pod shop/queue in the input\n",
  );
});

test("the namespaces in which a pod of that name is are named, the first three by name", async () => {
  const inShop = [podIn("shop", "web"), podIn("shop", "queue")];
  assert.is(
    await refused(inShop, "web"),
    "topomatch: there is no pod default/web in the input; one of that name is in namespace shop\n",
  );
  const inFive = ["e", "d", "c", "b", "a"].map((namespace) => podIn(namespace, "web"));
  assert.is(
    await refused(inFive, "web"),
    "topomatch: there is no pod default/web in the input; one of that name is in namespaces a, b, c and 2 more\n",
  );
});

test("names that are near in the same namespace are offered, others only where there are none", async () => {
  const pods = [podIn("shop", "web-10"), podIn("shop", "web-2"), podIn("stage", "web-3"), podIn("stage", "web-11")];
  assert.is(
    await refused(pods, "-n", "shop", "web-1"),
    "topomatch: there is no pod shop/web-1 in the input; did you mean shop/web-10 or shop/web-2?\n",
  );
  assert.is(
    await refused(pods, "-n", "test", "web-4"),
    "topomatch: there is no pod test/web-4 in the input; did you mean shop/web-2 or stage/web-3?\n",
  );
});

test("both are said of a name that is elsewhere and nearly here", async () => {
  assert.is(
    await refused([podIn("shop", "web-0"), pod("web-1")], "web-0"),
    "topomatch: there is no pod default/web-0 in the input; one of that name is in namespace shop; " +
      "did you mean default/web-1?\n",
  );
});

test("an input without pods is said to have none", async () => {
  assert.is(
    await refused([], "web"),
    "topomatch: there is no pod default/web in the input, which holds no pod at all\n",
  );
});

test("names of others cannot forge a line", async () => {
  const objects = [{ kind: "Pod", metadata: { name: "web-0\n\u001b[31m", namespace: "shop" } }];
  const stderr = await refused(objects, "-n", "shop", "web-0");
  assert.is(stderr, "topomatch: there is no pod shop/web-0 in the input; did you mean shop/web-0\\u000a\\u001b[31m?\n");
});

test.run();
