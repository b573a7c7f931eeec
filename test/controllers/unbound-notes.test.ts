// Notes on claims that got no volume, and which volumes claims with selectors get.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Written } from "./objects.js";
import { claim, storageClass, volume } from "./objects.js";
import { at, settle } from "./settle.js";

interface Unbound {
  readonly title: string;
  readonly objects: readonly Written[];
  readonly because: string;
  readonly note: { readonly [field: string]: unknown };
}

const NOW = storageClass("now", "kubernetes.io/no-provisioner");
const UNBOUND: readonly Unbound[] = [
  {
    title: "a volume that is too small: by how many bytes",
    objects: [volume("pv", { size: "1G" }), claim("c", { size: "1Gi" })],
    because: "no free volume fits: volume pv is too small by 73,741,824 bytes: 1Gi is asked for, and the volume has 1G",
    note: {
      cause: "NoVolume",
      volume: "pv",
      obstacles: [{ test: "size", wanted: "1Gi", found: "1G", missingBytes: 73_741_824n }],
    },
  },
  {
    title: "the volume that it names: every test that it fails",
    objects: [volume("pv", { class: "" }), claim("c", { volumeName: "pv", size: "11Gi" })],
    because:
      "volume pv, which it names, is too small by 1,073,741,824 bytes: 11Gi is asked for, and the volume has 10Gi; " +
      'differs in class: "now" is asked for, and the volume has ""',
    note: { cause: "VolumeMismatch", volume: "pv" },
  },
  {
    title: "a class that differs",
    objects: [volume("pv", { class: "slow" }), claim("c")],
    because: 'no free volume fits: volume pv differs in class: "now" is asked for, and the volume has "slow"',
    note: { cause: "NoVolume", volume: "pv", obstacles: [{ test: "class", wanted: "now", found: "slow" }] },
  },
  {
    title: "access modes that are missing, of the nearest volume",
    objects: [
      volume("far", { size: "1Gi", modes: ["ReadOnlyMany"] }),
      volume("pv", { modes: ["ReadWriteOnce"] }),
      claim("c", { modes: ["ReadWriteMany"] }),
    ],
    because:
      'no free volume fits: volume pv lacks access modes: "ReadWriteMany" is asked for, and the volume has "ReadWriteOnce"',
    note: { cause: "NoVolume", volume: "pv" },
  },
  {
    title: "a volume mode, of a volume that is reserved for the claim",
    objects: [volume("pv", { ref: ["c"], spec: { volumeMode: "Block" } }), claim("c")],
    because:
      'no free volume fits: volume pv differs in volumeMode: "Filesystem" is asked for, and the volume has "Block"',
    note: { volume: "pv" },
  },
  {
    title: "an attributes class, labels, deletion",
    objects: [
      volume("pv", { spec: { volumeAttributesClassName: "gold" } }),
      claim("c", { spec: { volumeAttributesClassName: "silver" } }),
    ],
    because:
      'no free volume fits: volume pv differs in volumeAttributesClassName: "silver" is asked for, and the volume has "gold"',
    note: { volume: "pv" },
  },
  {
    title: "labels",
    objects: [volume("pv"), claim("c", { spec: { selector: { matchLabels: { disk: "ssd" } } } })],
    because: "no free volume fits: volume pv has labels that the claim's selector does not select",
    note: { volume: "pv" },
  },
  {
    title: "a volume that is being deleted",
    objects: [volume("pv", { metadata: { deletionTimestamp: "2026-01-01T00:00:00Z" } }), claim("c")],
    because: "no free volume fits: volume pv is being deleted",
    note: { volume: "pv" },
  },
  {
    title: "a volume that an earlier claim of its name has left",
    objects: [volume("pv", { ref: ["c", "uid-before"], phase: "Released" }), claim("c")],
    because: "no free volume fits: volume pv is Released: it is that of an earlier claim of this name",
    note: { obstacles: [{ test: "reservation", wanted: "", found: "default/c" }] },
  },
  {
    title: "a volume that another claim takes",
    objects: [volume("pv"), claim("first"), claim("c")],
    because: "no free volume fits: volume pv is taken: it is claim default/first's",
    note: { claims: ["default/c"], obstacles: [{ test: "reservation", wanted: "", found: "default/first" }] },
  },
  {
    title: "the volume that it names, which is another's",
    objects: [volume("pv"), claim("first"), claim("c", { volumeName: "pv" })],
    because: "volume pv, which it names, is taken: it is claim default/first's",
    note: { cause: "VolumeTaken", volume: "pv" },
  },
  {
    title: "a provisioner that does not run, and a volume of its class that nearly fits",
    objects: [
      storageClass("made", "csi.example.com"),
      volume("pv", { class: "made", size: "1Gi" }),
      claim("c", { class: "made" }),
    ],
    because:
      "the class binds immediately, and its provisioner csi.example.com does not run here; " +
      "volume pv is too small by 4,294,967,296 bytes: 5Gi is asked for, and the volume has 1Gi",
    note: { cause: "Provisioner", storageClass: "made", volume: "pv" },
  },
  {
    title: "a provisioner, which makes nothing for a claim with a selector",
    objects: [storageClass("made", "csi.example.com"), claim("c", { class: "made", spec: { selector: {} } })],
    because: "its provisioner csi.example.com makes no volume for a claim with a selector",
    note: { cause: "Selector", storageClass: "made" },
  },
  {
    title: "a selector that does not convert",
    objects: [volume("pv"), claim("c", { spec: { selector: { matchExpressions: [{ key: "a", operator: "Gt" }] } } })],
    because:
      'error finding PV for claim "default/c": error creating internal label selector for claim: default/c: ' +
      '"Gt" is not a valid label selector operator',
    note: { cause: "Error" },
  },
];

for (const { because, note, objects, title } of UNBOUND) {
  test(`a note says why a claim stays unbound: ${title}`, () => {
    const { notes } = settle([NOW, ...objects]);
    const of = String(note.storageClass ?? "now");
    assert.is(notes.length, 1);
    assert.is(notes[0].message, `claim default/c of class ${of} stays unbound: ${because}`);
    assert.equal({ ...notes[0], ...note }, notes[0]);
    assert.is(notes[0].code, "ClaimsUnbound");
  });
}

test("claims with selectors of five sorts get what a scan of all volumes would give them", () => {
  const random = (i: number, of: number) => (Math.imul(i + 1, 0x9e3779b1) >>> 8) % of;
  const volumes = Array.from({ length: 400 }, (_, i) =>
    volume(`v${i}`, {
      size: `${1 + random(i, 40)}Gi`,
      labels: { a: `${random(i * 7, 5)}`, b: `${random(i * 13, 3)}` },
    }),
  );
  const selector = (i: number) =>
    [
      undefined,
      { matchLabels: { a: `${i % 5}` } },
      { matchExpressions: [{ key: "a", operator: "In", values: ["0", "1", `x${i}`] }] },
      { matchExpressions: [{ key: "a", operator: "NotIn", values: ["2", `x${i % 7}`] }] },
      { matchLabels: { b: "1" }, matchExpressions: [{ key: "a", operator: "Exists" }] },
    ][i % 5];
  const claims = Array.from({ length: 300 }, (_, i) =>
    claim(`c${i}`, { size: `${1 + random(i * 3, 40)}Gi`, spec: i % 5 === 0 ? {} : { selector: selector(i) } }),
  );
  const { found } = settle([NOW, ...volumes, ...claims]);
  // The same by the rule's own words: one claim after another, over all volumes.
  const free = new Set(volumes);
  const gi = (size: unknown) => Number.parseInt(String(size), 10);
  const selects = (i: number, { a, b }: { a: string; b: string }) =>
    [true, a === `${i % 5}`, a === "0" || a === "1", a !== "2", b === "1"][i % 5];
  for (const [i, wanted] of claims.entries()) {
    const fitting = [...free].filter((object) => {
      const labels = at(object, "metadata", "labels") as { a: string; b: string };
      const enough =
        gi(at(object, "spec", "capacity", "storage")) >= gi(at(wanted, "spec", "resources", "requests", "storage"));
      return enough && selects(i, labels);
    });
    fitting.sort((x, y) => {
      const [left, right] = [x, y].map((object) => gi(at(object, "spec", "capacity", "storage")));
      return left - right || (String(at(x, "metadata", "name")) < String(at(y, "metadata", "name")) ? -1 : 1);
    });
    const name = at(fitting[0], "metadata", "name");
    assert.is(at(found.get(`c${i}`), "spec", "volumeName"), name, `c${i}`);
    if (fitting.length > 0) free.delete(fitting[0]);
  }
  assert.ok(free.size < 200, "too few claims were served to be evidence");
});

test.run();
