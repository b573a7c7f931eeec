// What `get` gives back: every field that is kept, as it was written.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { createMatcherSync } from "../lib/index.js";

test("numbers that are written long and texts at the end of ASCII come back as they were written", () => {
  const { persistentVolumes } = createMatcherSync();
  const numbers = ["0", "999999999", "1000000000", "2147483648", "4294967296", "9999999999", "00", "1e3"];
  const texts = ["\u007f", "\u0080", "a\u0080", "\u07ff\u0800", "\uffff", "\u{10000}"];
  for (const [i, resourceVersion] of numbers.entries()) {
    persistentVolumes.upsert({ metadata: { name: `n${i}`, resourceVersion } });
    assert.is(persistentVolumes.get(`n${i}`)?.metadata?.resourceVersion, resourceVersion);
  }
  for (const text of texts) {
    persistentVolumes.upsert({ metadata: { name: text, labels: { [text]: `${text}${text}` } } });
    assert.equal(persistentVolumes.get(text)?.metadata, { name: text, labels: { [text]: `${text}${text}` } });
  }
});

test("a long text that takes three bytes a character comes back, though there was room for one a character", () => {
  const { persistentVolumes } = createMatcherSync();
  const names = Array.from({ length: 40 }, (_, i) => `${i}${"\u20ac".repeat(200)}`);
  for (const name of names) persistentVolumes.upsert({ metadata: { name } });
  for (const name of names) assert.is(persistentVolumes.get(name)?.metadata?.name, name);
});

test("what is kept comes back as a plain object, and the caller's object is not held", () => {
  const { persistentVolumes } = createMatcherSync();
  const nodeAffinity = {
    required: { nodeSelectorTerms: [{ matchExpressions: [{ key: "zone", operator: "In", values: ["a", "b"] }] }, {}] },
  };
  const volume = {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: {
      name: "pv-1",
      uid: "u-1",
      resourceVersion: "0012",
      labels: { tier: "", "a.b/c": "d" },
      managedFields: [],
    },
    spec: {
      capacity: { storage: "10Gi" },
      accessModes: ["ReadWriteOnce"],
      storageClassName: "",
      claimRef: { kind: "PersistentVolumeClaim", namespace: "ns", name: "c", uid: "u-2" },
      nodeAffinity,
      csi: { driver: "d", volumeHandle: "h", fsType: "ext4" },
    },
    status: { phase: "Bound" },
  };
  persistentVolumes.upsert(volume);
  nodeAffinity.required.nodeSelectorTerms.length = 0;
  assert.equal(persistentVolumes.get("pv-1"), {
    metadata: { name: "pv-1", uid: "u-1", resourceVersion: "0012", labels: { tier: "", "a.b/c": "d" } },
    spec: {
      capacity: { storage: "10Gi" },
      accessModes: ["ReadWriteOnce"],
      storageClassName: "",
      claimRef: { namespace: "ns", name: "c", uid: "u-2" },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: "zone", operator: "In", values: ["a", "b"] }] }, {}],
        },
      },
      csi: { driver: "d", volumeHandle: "h" },
    },
    status: { phase: "Bound" },
  });
});

test("a claimRef comes back as it was given; an empty one is still there", () => {
  const { persistentVolumes } = createMatcherSync();
  for (const claimRef of [
    {},
    { name: "c" },
    { namespace: "ns" },
    { uid: "u" },
    { namespace: "", name: "", uid: "" },
    { namespace: "ns", name: "c", uid: "u" },
  ]) {
    persistentVolumes.upsert({ metadata: { name: "pv" }, spec: { claimRef } });
    assert.equal(persistentVolumes.get("pv")?.spec?.claimRef, claimRef);
  }
  persistentVolumes.upsert({ metadata: { name: "pv" }, spec: {} });
  assert.is(persistentVolumes.get("pv")?.spec?.claimRef, undefined);
});

test("fields in any order, some left out, some unknown, some twice as many: each comes back", () => {
  const { nodes, persistentVolumes } = createMatcherSync();
  const names = Array.from({ length: 300 }, (_, i) => `example.com/key-${i}`);
  for (let round = 0; round < 40; round++) {
    const kept = names.filter((_, i) => (i * 7 + round) % 3 !== 0 || i % 11 === round % 11);
    const order = round % 2 === 0 ? kept : kept.reverse();
    const labels = Object.fromEntries(order.map((name) => [name, `v${(name.length * round) % 5}`]));
    nodes.upsert({ metadata: { name: "n", labels } });
    assert.equal(nodes.get("n")?.metadata?.labels, labels);
  }
  const requirement = { values: ["a", "b"], key: "zone", extra: 1, operator: "In" };
  const affinity = {
    required: { nodeSelectorTerms: [{ matchFields: [requirement], matchExpressions: [requirement] }] },
  };
  for (const volume of [
    { spec: { nodeAffinity: affinity, capacity: { storage: "1Gi" } }, metadata: { uid: "u", name: "pv" } },
    { metadata: { name: "pv", uid: "u" }, spec: { capacity: { storage: "1Gi" }, nodeAffinity: affinity } },
  ]) {
    persistentVolumes.upsert(volume);
    const kept = { key: "zone", operator: "In", values: ["a", "b"] };
    const terms = [{ matchExpressions: [kept], matchFields: [kept] }];
    assert.equal(persistentVolumes.get("pv"), {
      metadata: { name: "pv", uid: "u" },
      spec: { capacity: { storage: "1Gi" }, nodeAffinity: { required: { nodeSelectorTerms: terms } } },
    });
  }
});

test("uids come back as they went in, whatever their form", () => {
  const { pods } = createMatcherSync();
  const uids = [
    "0eb86e33-1ea4-48d9-a15a-921ea1d2e553",
    "0EB86E33-1EA4-48D9-A15A-921EA1D2E553",
    "00000000-0000-0000-0000-000000000000",
    "0eb86e33-1ea4-48d9-a15a-921ea1d2e55g",
    "0eb86e33x1ea4-48d9-a15a-921ea1d2e553",
    "Pod/default/x",
    "00000001-ffff-ffff-ffff-ffffffffffff",
    "00000001-0000-0000-0000-000000000000",
    "",
  ];
  // The same text as a namespace is another thing.
  const namespaceOf = (uid: string): string => uid.replaceAll("/", "-") || "none";
  uids.forEach((uid, i) => {
    pods.upsert({ metadata: { name: `p${i}`, namespace: namespaceOf(uid), uid } });
  });
  uids.forEach((uid, i) => {
    const kept = pods.get(`${namespaceOf(uid)}/p${i}`);
    assert.is(kept?.metadata?.uid, uid);
    assert.is(kept?.metadata?.namespace, namespaceOf(uid));
  });
});

test("quantities and numbers come back as they were written, those that are tokens themselves and those that are not", () => {
  const { persistentVolumes } = createMatcherSync();
  const suffixes = ["", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
  const numbers = ["0", "1", "9", "10", "134217727", "134217728", "999999999", "1234567890", "007", "1.5", "-3", "+4"];
  const written = [
    ...numbers.flatMap((number) => suffixes.map((suffix) => number + suffix)),
    "1e3",
    "2E6",
    "00",
    " 1Gi",
  ];
  for (const storage of written) {
    persistentVolumes.upsert({ metadata: { name: "pv" }, spec: { capacity: { storage } } });
    assert.is(persistentVolumes.get("pv")?.spec?.capacity?.storage, storage);
  }
  for (const storage of ["1K", "1ki", "1Gib", "1i", "1\u01c7i", "1GI"]) {
    assert.throws(
      () => persistentVolumes.upsert({ metadata: { name: "pv" }, spec: { capacity: { storage } } }),
      /^PersistentVolume pv: spec\.capacity\.storage is no quantity/,
      storage,
    );
  }
  for (const resourceVersion of ["0", "7", "0012", "999999999", "1000000000", "00", "", "12a"]) {
    persistentVolumes.upsert({ metadata: { name: "pv", resourceVersion } });
    assert.is(persistentVolumes.get("pv")?.metadata?.resourceVersion, resourceVersion);
  }
});

test.run();
