// Random parameters of classes that name Secrets, and Secrets.

import type { Random } from "../../reference/generator/random.js";
import type { Written } from "./request.js";

const BETA = "volume.beta.kubernetes.io/storage-provisioner";
/** A token of a template. */
const of = (token: string): string => `\${${token}}`;
const NAMES = [
  ...["s0", "s1", "s1", of("pvc.name"), `${of("pvc.namespace")}-x`, of("pv.name"), "$pvc.name"],
  ...[
    `${of("pvc.annotations['volume.kubernetes.io/storage-provisioner']")}.a`,
    of(`pvc.annotations['${BETA}']`),
    of("odd") + of("other"),
    "",
    "A",
    "$",
  ],
  ...["$" + "{", `${of("")}s1`, "s1$", "x..y", "$" + "{s1", "$1", "$-s1"],
];
const NAMESPACES = [
  ...["ns", "ns", "far", of("pvc.namespace"), of("pv.name"), of("pvc.name"), "", "a.b", `${of("pvc.namespace")}_`],
];
const CALLS = [
  ...["", "provisioner-", "provisioner-", "provisioner-", "controller-publish-", "node-stage-", "node-publish-"],
  ...["controller-expand-", "node-expand-", "controller-modify-"],
];
const OLD = ["csiProvisioner", "csiControllerPublish", "csiNodeStage", "csiNodePublish"];

/** Mostly none. */
export function secretParameters(random: Random): { readonly [key: string]: string } {
  const parameters: Record<string, string> = {};
  if (!random.chance(0.3)) return parameters;
  const plain = random.chance(0.5);
  const add = (name: string, namespace: string): void => {
    if (random.chance(0.96)) parameters[name] = plain ? "s1" : random.pick(NAMES);
    if (random.chance(0.96)) parameters[namespace] = plain ? "ns" : random.pick(NAMESPACES);
  };
  for (const call of random.some(CALLS, 1, 3)) {
    add(`csi.storage.k8s.io/${call}secret-name`, `csi.storage.k8s.io/${call}secret-namespace`);
  }
  if (random.chance(0.12)) {
    const call = random.pick(OLD);
    add(`${call}SecretName`, `${call}SecretNamespace`);
  }
  if (random.chance(0.02)) parameters[""] = random.pick(["s1", "ns"]);
  return parameters;
}

export function secretsOf(random: Random): Written[] {
  const names = ["s0", "s1", "ns-x", "pvc-uid", "pvc"].filter(() => random.chance(0.85));
  return names.flatMap((name) =>
    ["ns", ...(random.chance(0.5) ? ["far"] : [])].map((namespace) => ({
      kind: "Secret",
      metadata: { name, namespace },
    })),
  );
}
