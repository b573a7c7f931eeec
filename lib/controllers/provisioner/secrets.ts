// controllers: the Secrets that a class names by templates -> why the provisioner cannot use them. What is in a Secret is
// read nowhere here: that it is there is all that is asked.

import { ANNOTATIONS } from "../../intern/kinds.js";
import { goQuote } from "../../objects/go-quote.js";
import type { PersistentVolumeClaimLike } from "../../objects/types.js";
import { compareUtf8 } from "../../objects/utf8.js";
import type { ProvisionedClass } from "./class-translation.js";
import { expand } from "./go-expand.js";
import { nameOf, namespaceOf } from "./known-objects.js";
import { noChange } from "./refusals.js";
import type { Refusal } from "./types.js";

export const PREFIX = "csi.storage.k8s.io/";

/** What one call of the driver takes its Secret by: the parameters' names, and those they had. */
interface SecretKeys {
  readonly title: string;
  readonly name: string;
  readonly namespace: string;
  /** `""`: none, and that is read as a name, too. */
  readonly oldName: string;
  readonly oldNamespace: string;
}

const DEFAULT = keysOf("Default", "", "");
const PROVISIONER = keysOf("Provisioner", "provisioner-", "csiProvisioner");
/** In the order in which they are read. */
const OTHERS = [
  keysOf("ControllerPublish", "controller-publish-", "csiControllerPublish"),
  keysOf("NodeStage", "node-stage-", "csiNodeStage"),
  keysOf("NodePublish", "node-publish-", "csiNodePublish"),
  keysOf("ControllerExpand", "controller-expand-", ""),
  keysOf("NodeExpand", "node-expand-", ""),
  keysOf("ControllerModify", "controller-modify-", ""),
];

/** The reserved parameters that name Secrets. */
export const SECRET_PARAMETERS: readonly string[] = [DEFAULT, PROVISIONER, ...OTHERS].flatMap(({ name, namespace }) => [
  name,
  namespace,
]);

function keysOf(title: string, infix: string, old: string): SecretKeys {
  const [name, namespace] = [`${PREFIX}${infix}secret-name`, `${PREFIX}${infix}secret-namespace`];
  const [oldName, oldNamespace] = old === "" ? ["", ""] : [`${old}SecretName`, `${old}SecretNamespace`];
  return { title, name, namespace, oldName, oldNamespace };
}

/** A Secret's key, or the sentence why there is none; undefined where none is wanted, or its name cannot be told. */
type Reference = { readonly name: string; readonly namespace: string } | string | undefined;

/** `known`: the keys of the Secrets that there are; undefined where that is not asked. */
export function secretRefusal(
  claim: PersistentVolumeClaimLike,
  { parameters }: ProvisionedClass,
  known: ReadonlySet<string> | undefined,
): Refusal | undefined {
  const given = new Map(parameters);
  const own = referenceOf(PROVISIONER, given, claim);
  // kube: R-TOP-17 the driver's own Secret is resolved and read before those of later calls are resolved.
  if (typeof own === "string") return noChange("R-TOP-17", own);
  if (own !== undefined && known?.has(`${own.namespace}/${own.name}`) === false) {
    const detail = `secrets ${goQuote(own.name)} not found`;
    return noChange("R-TOP-17", `error getting secret ${own.name} in namespace ${own.namespace}: ${detail}`);
  }
  for (const keys of OTHERS) {
    const found = referenceOf(keys, given, claim);
    if (typeof found === "string") return noChange("R-TOP-17", found);
  }
  return undefined;
}

function referenceOf(
  keys: SecretKeys,
  given: ReadonlyMap<string, string>,
  claim: PersistentVolumeClaimLike,
): Reference {
  let templates = templatesOf(keys, given);
  if (typeof templates === "string") return `failed to get name and namespace template from params: ${templates}`;
  templates ??= templatesOf(DEFAULT, given);
  if (typeof templates === "string") {
    return `failed to get default name and namespace template from params: ${templates}`;
  }
  return templates && resolved(templates, claim);
}

interface Templates {
  readonly name: string;
  readonly namespace: string;
}

function templatesOf(keys: SecretKeys, given: ReadonlyMap<string, string>): Templates | string | undefined {
  const names = [given.get(keys.oldName), given.get(keys.name)].filter((each) => each !== undefined);
  const namespaces = [given.get(keys.oldNamespace), given.get(keys.namespace)].filter((each) => each !== undefined);
  if (names.length > 1 || namespaces.length > 1) {
    return `${keys.title} secrets specified in parameters with both "csi" and "${PREFIX}" keys`;
  }
  if (names.length !== namespaces.length) {
    return `either name and namespace for ${keys.title} secrets specified, Both must be specified`;
  }
  if (names.length === 0) return undefined;
  const [[name], [namespace]] = [names, namespaces];
  if (name !== "" && namespace !== "") return { name, namespace };
  return `${keys.title} secrets specified in parameters but value of either namespace or name is empty`;
}

function resolved({ name, namespace }: Templates, claim: PersistentVolumeClaimLike): Reference {
  const places = new Map([
    ["pv.name", `pvc-${claim.metadata?.uid ?? ""}`],
    ["pvc.namespace", namespaceOf(claim)],
  ]);
  const foundNamespace = filledIn(namespace, places);
  if ("fault" in foundNamespace) return foundNamespace.fault;
  if (!isLabel(foundNamespace.text)) return invalid(namespace, foundNamespace.text, "namespace");
  places.set("pvc.name", nameOf(claim));
  for (const [key, value] of Object.entries(claim.metadata?.annotations ?? {})) {
    places.set(`pvc.annotations['${key}']`, value);
  }
  // Most annotations are kept nowhere: what is named by one is taken to be there.
  if ([...name.matchAll(ANNOTATION)].some(([, key]) => !ANNOTATIONS.has(key))) return undefined;
  const foundName = filledIn(name, places);
  if ("fault" in foundName) return foundName.fault;
  if (!isSubdomain(foundName.text)) return invalid(name, foundName.text, "secret");
  return { name: foundName.text, namespace: foundNamespace.text };
}

function filledIn(
  template: string,
  places: ReadonlyMap<string, string>,
): { readonly text: string } | { readonly fault: string } {
  const missing = new Set<string>();
  const text = expand(template, (name) => {
    const value = places.get(name);
    if (value === undefined) missing.add(name);
    return value ?? "";
  });
  if (missing.size === 0) return { text };
  const tokens = [...missing].sort(compareUtf8).map(goQuote).join(" ");
  return { fault: `error resolving value ${goQuote(template)}: invalid tokens: [${tokens}]` };
}

function invalid(template: string, text: string, what: string): string {
  const became = template === text ? "" : ` resolved to ${goQuote(text)} which`;
  return `${goQuote(template)}${became} is not a valid ${what} name`;
}

const ANNOTATION = /\$\{pvc\.annotations\['([^}]*)'\]\}/g;
const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;

function isLabel(text: string): boolean {
  return text.length <= 63 && LABEL.test(text);
}

function isSubdomain(text: string): boolean {
  return text.length <= 253 && text.split(".").every((part) => LABEL.test(part));
}
