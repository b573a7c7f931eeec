// A provisioner on every node (R-TOP-6): whose claims it takes care of, what it knows, and which claims it takes.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { NodeDeployment, ObjectLists, ProvisionerOptions } from "../../../lib/provisioner.js";
import { createProvisioner, TopologyError } from "../../../lib/provisioner.js";
import type { ClaimSpec, ClassSpec } from "./objects.js";
import { claimOf, classOf, DRIVER, nodesOf, printed, SELECTED, told, zonal } from "./objects.js";

const ANNOTATED = { "volume.kubernetes.io/storage-provisioner": DRIVER };
const ON_N1: NodeDeployment = { node: "n1", segments: { zone: "a", rack: "1" } };

function provisionerOf(
  of: { readonly class?: ClassSpec; readonly node?: NodeDeployment; readonly options?: ProvisionerOptions } = {},
) {
  const lists: ObjectLists = { ...nodesOf([zonal("n1", "x"), zonal("n2", "y")]), storageClasses: [classOf(of.class)] };
  return createProvisioner(lists, { nodeDeployment: of.node ?? ON_N1, ...of.options });
}

const claim = (of: ClaimSpec = {}) => claimOf({ ...of, annotations: { ...ANNOTATED, ...of.annotations } });
const selecting = (node: string) => claim({ annotations: { [SELECTED]: node } });

test("R-TOP-6: claims of its own node, with what NodeGetInfo says of that, and no others", () => {
  const provisioner = provisionerOf();
  const mine = provisioner.provisioning(selecting("n1"));
  assert.is(mine.refusal, undefined);
  assert.is(printed(mine.accessibilityRequirements?.requisite), "rack=1,zone=a");
  const not = `not responsible for provisioning of PVC default/pvc because it is not assigned to node "n1"`;
  for (const other of [selecting("n2"), claim()]) {
    const { accessibilityRequirements, refusal } = provisioner.provisioning(other);
    assert.is(refusal && told(refusal), `R-TOP-6 Ignored: ${not}`);
    assert.is(accessibilityRequirements, undefined);
    const left = provisioner.attemptRefusal(other);
    assert.is(left && told(left), `R-TOP-6 NotAttempted: ${not}`);
  }
  assert.is(provisioner.attemptRefusal(selecting("n1")), undefined);
  // What is against the claim itself is told wherever it is.
  const selector = claim({ spec: { selector: {} } });
  assert.is(provisioner.claimRefusal(selector)?.rule, "R-TOP-2");
});

test("R-TOP-6: what the class allows must hold there; a driver without topology is asked for nothing", () => {
  const allowed = [[["zone", ["y"]]]] as const;
  const refused = provisionerOf({ class: { allowed } }).provisioning(selecting("n1")).refusal;
  assert.is(refused?.rule, "R-TOP-13");
  const bare = provisionerOf({ node: { node: "n1" } }).provisioning(selecting("n1")).refusal;
  assert.is(bare && told(bare), "R-TOP-7 NoChange: topology: no topology key found for node n1");
});

test("R-TOP-6: its capacity objects are of its own place", () => {
  const objects = provisionerOf({ class: { mode: "WaitForFirstConsumer" } }).capacityObjects(DRIVER);
  assert.equal(
    objects.map(({ nodeTopology }) => nodeTopology),
    [{ matchLabels: { rack: "1", zone: "a" } }],
  );
});

const GIB = 2 ** 30;
const room = (bytes: number | undefined) => () => bytes;
type Taking = Parameters<typeof provisionerOf>[0] & {
  readonly claim?: ReturnType<typeof claim>;
  readonly room?: number;
};

const TAKEN: readonly (readonly [title: string, taken: boolean, of: Taking])[] = [
  ["an immediate class, and room", true, {}],
  ["room to the byte", true, { room: 5 * GIB }],
  ["too little room", false, { room: 5 * GIB - 1 }],
  ["no answer about room", true, { room: -1 }],
  ["no size, which is not checked", true, { claim: claim({ size: "0" }), room: 0 }],
  ["a class that waits for a pod", false, { class: { mode: "WaitForFirstConsumer" } }],
  ["a class of another mode", false, { class: { mode: "" } }],
  ["the flag is off", false, { node: { ...ON_N1, immediateBinding: false } }],
  ["a selected node", false, { claim: selecting("n1") }],
  [
    "a place that the class allows",
    true,
    {
      class: {
        allowed: [
          [
            ["zone", ["a"]],
            ["rack", ["1"]],
          ],
        ],
      },
    },
  ],
  ["a place that it does not", false, { class: { allowed: [[["zone", ["y"]]]] } }],
  [
    "a claim of another driver",
    false,
    { claim: claimOf({ annotations: { ...ANNOTATED, "volume.kubernetes.io/storage-provisioner": "x" } }) },
  ],
  [
    "a claim that has moved to it",
    true,
    { claim: claimOf({ annotations: { "pv.kubernetes.io/migrated-to": DRIVER } }) },
  ],
  ["a claim that names a volume", false, { claim: claim({ spec: { volumeName: "pv" } }) }],
  [
    "a claim that will be refused is taken, so that it is told why",
    true,
    { claim: claim({ spec: { selector: {} } }), room: 0 },
  ],
  ["a class that is not there", false, { claim: claim({ class: "none" }) }],
  ["a claim without a class", false, { claim: claim({ class: null }) }],
];

for (const [title, taken, { room: bytes = 9 * GIB, claim: asked = claim(), ...of }] of TAKEN) {
  test(`R-TOP-6: whether it takes a claim: ${title}`, () => {
    assert.is(provisionerOf(of).takes(asked, room(bytes < 0 ? undefined : bytes)), taken);
  });
}

test("R-TOP-6: one of several places with room is enough, and an error before it takes the claim, too", () => {
  const allowed = [
    [
      ["zone", ["a"]],
      ["rack", ["1"]],
    ],
    [["zone", ["b"]]],
  ] as const;
  const provisioner = provisionerOf({ class: { allowed } });
  const places: string[] = [];
  const asked = (byPlace: { readonly [place: string]: number }) => {
    places.length = 0;
    return provisioner.takes(claim(), (place) => {
      const name = printed(place && [place]);
      places.push(name);
      return byPlace[name];
    });
  };
  assert.is(asked({ "zone=b": 0, "rack=1,zone=a": 9 * GIB }), true);
  assert.equal(places, ["zone=b", "rack=1,zone=a"]);
  assert.is(asked({ "zone=b": 0, "rack=1,zone=a": 0 }), false);
  assert.is(asked({ "rack=1,zone=a": 0 }), true);
  assert.equal(places, ["zone=b"]);
});

test("one provisioner for all takes nothing, and a node must be named", () => {
  assert.is(createProvisioner({ storageClasses: [classOf()] }).takes(claim(), room(9 * GIB)), false);
  const refused = (path: string) => (error: unknown) => error instanceof TopologyError && error.path === path;
  assert.throws(() => provisionerOf({ node: { node: "" } }), refused("nodeDeployment.node"));
  assert.throws(() => provisionerOf({ node: { node: "n", name: "x" } as never }), refused("name"));
});

test.run();
