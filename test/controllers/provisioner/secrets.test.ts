// Secrets that classes name: templates, which of them are read, and what is said of those that cannot be.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { expand } from "../../../lib/controllers/provisioner/go-expand.js";
import { createProvisioner } from "../../../lib/provisioner.js";
import { claimOf, classOf, told } from "./objects.js";

const of = (token: string): string => `\${${token}}`;
const PREFIX = "csi.storage.k8s.io/";
const ANNOTATION = "volume.kubernetes.io/storage-provisioner";

/** What is said of a class with these parameters, `undefined` where nothing is; Secret ns/s is there. */
function refusalOf(parameters: { readonly [key: string]: string }, secrets: Iterable<string> | undefined = ["ns/s"]) {
  const options = { immediateTopology: false, secrets };
  const provisioner = createProvisioner({ storageClasses: [classOf({ parameters })] }, options);
  const { refusal } = provisioner.provisioning(claimOf({ annotations: { [ANNOTATION]: "a" } }));
  return refusal && told(refusal);
}

/** Parameters of one call: `""` for all that have none of their own. */
function named(call: string, name: string | undefined, namespace: string | undefined) {
  return {
    ...(name !== undefined && { [`${PREFIX}${call}secret-name`]: name }),
    ...(namespace !== undefined && { [`${PREFIX}${call}secret-namespace`]: namespace }),
  };
}

const own = (name?: string, namespace?: string) => named("provisioner-", name, namespace);
const FROM_PARAMETERS = "R-TOP-17 NoChange: failed to get name and namespace template from params:";
const CASES: readonly (readonly [title: string, parameters: { readonly [key: string]: string }, refusal?: string])[] = [
  ["one that is there", own("s", "ns")],
  [
    "one that is not",
    own("t", "ns"),
    'R-TOP-17 NoChange: error getting secret t in namespace ns: secrets "t" not found',
  ],
  ["those of later calls are not read", named("node-stage-", "t", "ns")],
  [
    "the default stands for the driver's own",
    named("", "t", "ns"),
    'R-TOP-17 NoChange: error getting secret t in namespace ns: secrets "t" not found',
  ],
  ["and not where that has one", { ...named("", "t", "ns"), ...own("s", "ns") }],
  [
    "tokens",
    own(`${of("pvc.name")}.${of("pvc.namespace")}.${of(`pvc.annotations['${ANNOTATION}']`)}`, of("pv.name")),
    'R-TOP-17 NoChange: error getting secret pvc.default.a in namespace pvc-uid-pvc: secrets "pvc.default.a" not found',
  ],
  [
    "a token that is unknown",
    own(`${of("y")}${of("x")}${of("y")}`, "ns"),
    `R-TOP-17 NoChange: error resolving value "${of("y")}${of("x")}${of("y")}": invalid tokens: ["x" "y"]`,
  ],
  [
    "a namespace cannot be made of the claim's name",
    own("s", of("pvc.name")),
    `R-TOP-17 NoChange: error resolving value "${of("pvc.name")}": invalid tokens: ["pvc.name"]`,
  ],
  ["a name that is made of an annotation which is not kept is passed over", own(of("pvc.annotations['k']"), "ns")],
  [
    "one that is kept, and that the claim does not have",
    own(of("pvc.annotations['volume.beta.kubernetes.io/storage-provisioner']"), "ns"),
    `R-TOP-17 NoChange: error resolving value "${of("pvc.annotations['volume.beta.kubernetes.io/storage-provisioner']")}": invalid tokens: ["pvc.annotations['volume.beta.kubernetes.io/storage-provisioner']"]`,
  ],
  ["no name", own("S", "ns"), 'R-TOP-17 NoChange: "S" is not a valid secret name'],
  ["no namespace", own("s", "a.b"), 'R-TOP-17 NoChange: "a.b" is not a valid namespace name'],
  [
    "a name of several parts",
    own("a.b", "ns"),
    'R-TOP-17 NoChange: error getting secret a.b in namespace ns: secrets "a.b" not found',
  ],
  [
    "a namespace that became none",
    own("s", `${of("pvc.namespace")}_`),
    `R-TOP-17 NoChange: "${of("pvc.namespace")}_" resolved to "default_" which is not a valid namespace name`,
  ],
  [
    "a namespace of 64 letters",
    own("s", "a".repeat(64)),
    `R-TOP-17 NoChange: "${"a".repeat(64)}" is not a valid namespace name`,
  ],
  [
    "one of two",
    own("s"),
    `${FROM_PARAMETERS} either name and namespace for Provisioner secrets specified, Both must be specified`,
  ],
  [
    "both empty",
    own("", ""),
    `${FROM_PARAMETERS} Provisioner secrets specified in parameters but value of either namespace or name is empty`,
  ],
  [
    "one of both empty",
    own("s", ""),
    `${FROM_PARAMETERS} Provisioner secrets specified in parameters but value of either namespace or name is empty`,
  ],
  ["the names that parameters had", { csiProvisionerSecretName: "s", csiProvisionerSecretNamespace: "ns" }],
  [
    "both names",
    { ...own("s", "ns"), csiProvisionerSecretName: "s" },
    `${FROM_PARAMETERS} Provisioner secrets specified in parameters with both "csi" and "${PREFIX}" keys`,
  ],
  [
    "the default's are told apart",
    named("", "s", undefined),
    "R-TOP-17 NoChange: failed to get default name and namespace template from params: either name and namespace for Default secrets specified, Both must be specified",
  ],
  [
    "later calls are looked at in their order",
    { ...own("s", "ns"), ...named("node-publish-", "s", undefined), ...named("controller-publish-", undefined, "ns") },
    `${FROM_PARAMETERS} either name and namespace for ControllerPublish secrets specified, Both must be specified`,
  ],
  [
    "before parameters that are unknown",
    { ...own("S", "ns"), [`${PREFIX}odd`]: "" },
    'R-TOP-17 NoChange: "S" is not a valid secret name',
  ],
];

for (const [title, parameters, refusal] of CASES) {
  test(`R-TOP-17: Secrets: ${title}`, () => assert.is(refusalOf(parameters), refusal));
}

test("where Secrets are not told they are taken to be there", () => {
  const { refusal } = createProvisioner(
    { storageClasses: [classOf({ parameters: own("t", "ns") })] },
    { immediateTopology: false },
  ).provisioning(claimOf());
  assert.is(refusal, undefined);
});

test("what stands behind a dollar is read as Go's os.Expand does", () => {
  const texts: { readonly [text: string]: string } = {
    "$a-b": "<a>-b",
    [`x${of("a-b")}y`]: "x<a-b>y",
    $$: "<$>",
    $1a: "<1>a",
    a$: "a$",
    "a$ b": "a$ b",
    "a$.b": "a$.b",
    [`a${of("")}b`]: "ab",
    ["a$" + "{b"]: "ab",
    [of("*")]: "<*>",
    $ä: "$ä",
  };
  for (const [text, expected] of Object.entries(texts))
    assert.is(
      expand(text, (name) => `<${name}>`),
      expected,
      text,
    );
});

test.run();
