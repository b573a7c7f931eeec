// What goes into a matcher's sets, what comes out again, and what is refused.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { createMatcherSync } from "../lib/index.js";
import { refused } from "./support/refused.js";

// Deliberately not of the types: this is what arrives from files.
type Anything = never;

test("keys, sizes, deletion and relists", () => {
  const { nodes, persistentVolumeClaims: claims } = createMatcherSync();
  claims.upsert({ metadata: { namespace: "a", name: "c" } });
  claims.upsert({ metadata: { namespace: "b", name: "c" }, spec: { volumeName: "pv" } });
  claims.upsert({ metadata: { namespace: "b", name: "c" } });
  assert.is(claims.size, 2);
  assert.ok(claims.has("a/c") && claims.has({ metadata: { namespace: "b", name: "c" } }));
  assert.not(claims.has("c") || claims.has("a/d") || claims.has("/c"));
  assert.is(claims.get("b/c")?.spec?.volumeName, undefined);
  assert.is(claims.delete("a/c"), true);
  assert.is(claims.delete("a/c"), false);
  nodes.replace([{ metadata: { name: "n1" } }, { metadata: { name: "n2" } }]);
  nodes.replace([{ metadata: { name: "n2" } }, { metadata: { name: "n3" } }]);
  assert.equal([...nodes.keys()].sort(), ["n2", "n3"]);
});

test("a namespace that an object does not name is default, and is not made up", () => {
  const { persistentVolumeClaims: claims } = createMatcherSync();
  const written = () => claims.get("c")?.metadata;
  claims.upsert({ metadata: { name: "c" } });
  for (const key of ["c", "/c", "default/c"]) assert.ok(claims.has(key), key);
  assert.equal(written(), { name: "c" });
  claims.upsert({ metadata: { name: "c", namespace: "default" } });
  assert.equal(written(), { name: "c", namespace: "default" });
  claims.upsert({ metadata: { name: "c", namespace: "" } });
  assert.is(written()?.namespace, undefined);
  // The next object takes its row.
  claims.delete("c");
  claims.upsert({ metadata: { name: "d", namespace: "default" } });
  assert.is(claims.get("d")?.metadata?.namespace, "default");
});

test("an object without a name is refused", () => {
  const { nodes } = createMatcherSync();
  for (const object of [{}, { metadata: {} }, { metadata: { name: "" } }, { metadata: { name: null } }]) {
    assert.throws(
      () => nodes.upsert(object),
      refused("MissingName", "metadata.name", "Node: metadata.name is missing"),
    );
  }
  assert.is(nodes.size, 0);
});

test("what Go could not decode is refused with its place, and nothing changes", () => {
  const matcher = createMatcherSync();
  const { csiNodes, nodes, persistentVolumeClaims: claims, persistentVolumes: volumes } = matcher;
  claims.upsert({ metadata: { namespace: "ns", name: "c" }, spec: { resources: { requests: { storage: "1Gi" } } } });
  const claim = (spec: object) => ({ metadata: { namespace: "ns", name: "c" }, spec }) as Anything;
  assert.throws(
    () => claims.upsert(claim({ resources: { requests: { storage: "1.5.2Gi" } } })),
    refused(
      "Malformed",
      "spec.resources.requests.storage",
      "PersistentVolumeClaim ns/c: spec.resources.requests.storage is no quantity: quantities must match the regular " +
        "expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ),
  );
  assert.throws(
    () => claims.upsert(claim({ selector: "disk=ssd" })),
    refused(
      "Malformed",
      "spec.selector",
      "PersistentVolumeClaim ns/c: spec.selector must be an object, but is a string",
    ),
  );
  assert.throws(
    () => claims.upsert(claim({ accessModes: ["ReadWriteOnce", 5] })),
    refused(
      "Malformed",
      "spec.accessModes[1]",
      "PersistentVolumeClaim ns/c: spec.accessModes[1] must be a string, but is a number",
    ),
  );
  assert.throws(
    () => claims.upsert({ metadata: { namespace: "ns", name: "c", deletionTimestamp: "yesterday" } }),
    refused(
      "Malformed",
      "metadata.deletionTimestamp",
      'PersistentVolumeClaim ns/c: metadata.deletionTimestamp must be an RFC 3339 time, but is "yesterday"',
    ),
  );
  assert.is(claims.get("ns/c")?.spec?.resources?.requests?.storage, "1Gi");
  const affinity = { required: { nodeSelectorTerms: [null, { matchExpressions: [{ key: "a", values: {} }] }] } };
  assert.throws(
    () => volumes.upsert({ metadata: { name: "pv" }, spec: { nodeAffinity: affinity } } as Anything),
    refused(
      "Malformed",
      "spec.nodeAffinity.required.nodeSelectorTerms[1].matchExpressions[0].values",
      "PersistentVolume pv: spec.nodeAffinity.required.nodeSelectorTerms[1].matchExpressions[0].values must be a list, but is an object",
    ),
  );
  assert.throws(
    () => nodes.upsert({ metadata: { name: "n", labels: { a: 1 } } } as Anything),
    refused("Malformed", "metadata.labels.a", "Node n: metadata.labels.a must be a string, but is a number"),
  );
  assert.throws(
    () => nodes.upsert("n" as Anything),
    refused("Malformed", "", "Node (without a name): must be an object, but is a string"),
  );
  const count = { name: "d", allocatable: { count: 2 ** 31 } };
  assert.throws(
    () => csiNodes.upsert({ metadata: { name: "n" }, spec: { drivers: [count] } }),
    refused(
      "Malformed",
      "spec.drivers[0].allocatable.count",
      "CSINode n: spec.drivers[0].allocatable.count must be a 32-bit integer, but is 2147483648",
    ),
  );
  assert.equal([nodes.size, volumes.size, csiNodes.size, claims.size], [0, 0, 0, 1]);
});

test("a relist with one bad object changes nothing", () => {
  const { nodes } = createMatcherSync();
  nodes.upsert({ metadata: { name: "n1" } });
  assert.throws(() => nodes.replace([{ metadata: { name: "n2" } }, { metadata: {} }]));
  assert.equal([...nodes.keys()], ["n1"]);
});

test("keys that JavaScript treats as its own are labels like any other", () => {
  const { nodes } = createMatcherSync();
  const keys = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "__defineGetter__"];
  const labels = JSON.parse(`{${keys.map((key) => `"${key}":"x"`).join()}}`);
  nodes.upsert({ metadata: { name: "constructor", labels } });
  const kept = nodes.get("constructor")?.metadata?.labels ?? {};
  assert.equal(Object.keys(kept), keys);
  assert.is(Object.getOwnPropertyDescriptor(kept, "__proto__")?.value, "x");
  assert.is(({} as { x?: string }).x, undefined);
  assert.not(nodes.has("__proto__") || nodes.has("toString"));
});

test("null is absence, and in lists and maps the value that Go reads", () => {
  const { persistentVolumeClaims: claims } = createMatcherSync();
  const claim = {
    metadata: { namespace: "ns", name: "c", annotations: { "volume.kubernetes.io/selected-node": null } },
    spec: { volumeName: null, accessModes: [null], resources: { requests: { storage: null } } },
  };
  claims.upsert(claim as Anything);
  assert.equal(claims.get("ns/c"), {
    metadata: { namespace: "ns", name: "c", annotations: { "volume.kubernetes.io/selected-node": "" } },
    spec: { accessModes: [""], resources: { requests: { storage: "0" } } },
  });
});

test("times may be dates, quantities may be numbers", () => {
  const { persistentVolumes } = createMatcherSync();
  const deletionTimestamp = new Date(Date.UTC(2026, 1, 3));
  persistentVolumes.upsert({
    metadata: { name: "pv", deletionTimestamp },
    spec: { capacity: { storage: 1073741824 } },
  });
  const kept = persistentVolumes.get("pv");
  assert.is(kept?.metadata?.deletionTimestamp, "2026-02-03T00:00:00.000Z");
  assert.is(kept?.spec?.capacity?.storage, "1073741824");
});

test("names of any script, and lone surrogates, come back as they went in", () => {
  const { nodes } = createMatcherSync();
  const names = ["ñandú", "節點", "😀-1", "\ud800", "\udc00x", "a\u0000b", "", "é".repeat(300)].filter(
    (name) => name !== "",
  );
  for (const name of names) nodes.upsert({ metadata: { name, labels: { v: name } } });
  assert.is(nodes.size, names.length);
  for (const name of names) assert.is(nodes.get(name)?.metadata?.labels?.v, name);
});

test("options that are not offered are refused", () => {
  const bad = (message: string, path = "") => refused("BadOption", path, message);
  assert.throws(
    () => createMatcherSync({ kubernetes: "1.20" as "1.37" }),
    bad("kubernetes must be one of 1.33, 1.34, 1.35, 1.36, 1.37, but is 1.20", "kubernetes"),
  );
  assert.throws(
    () => createMatcherSync({ filters: ["Nonsense" as "VolumeBinding"] }),
    bad("filter Nonsense is unknown", "Nonsense"),
  );
  const group = `filter volumes is unknown: it stands for several plugins, as filters: "volumes" without a list`;
  assert.throws(() => createMatcherSync({ filters: ["volumes" as "VolumeBinding"] }), bad(group, "volumes"));
  assert.throws(
    () => createMatcherSync({ gates: { VolumeAttributesClass: false } }),
    bad("feature gate VolumeAttributesClass is locked to true in Kubernetes 1.37", "VolumeAttributesClass"),
  );
  assert.throws(
    () => createMatcherSync({ gates: { PodLevelResources: false } }),
    bad(
      "feature gate PodLevelResources cannot be off while InPlacePodLevelResourcesVerticalScaling is on",
      "InPlacePodLevelResourcesVerticalScaling",
    ),
  );
  createMatcherSync({ gates: { PodLevelResources: false, InPlacePodLevelResourcesVerticalScaling: false } });
  createMatcherSync({ kubernetes: "1.35", gates: { VolumeAttributesClass: false } });
});

test("a namespace of no letters is default; a slash in a name of a kind without namespaces is a part of it", () => {
  const matcher = createMatcherSync();
  matcher.pods.upsert({ metadata: { name: "p", namespace: "" } });
  assert.equal([...matcher.pods.keys()], ["default/p"]);
  assert.ok(matcher.pods.has("default/p"));
  matcher.nodes.upsert({ metadata: { name: "a/b" } });
  assert.ok(matcher.nodes.has("a/b"));
  assert.not.ok(matcher.nodes.has("b"));
});

test.run();
