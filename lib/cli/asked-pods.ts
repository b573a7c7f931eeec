// cli: the PODs of the command line -> the keys of pods that are there.

import type { ObjectLike, ObjectSet } from "../index.js";
import { nearest, suggesting } from "./did-you-mean.js";
import { Failure, UsageFailure } from "./failure.js";

/** How many names and namespaces a sentence offers. */
const OFFERED = 3;
const KINDS = ["pod", "pods", "po"];

/**
 * The pods that were named, in that order, each once.
 * @throws Failure for one that is not there; it says where pods of its name are, and which names are near.
 */
export function askedPods(pods: ObjectSet<ObjectLike>, words: readonly string[], namespace: string): readonly string[] {
  const keys = new Set(words.map((word) => keyIn(word, namespace, pods)));
  for (const key of keys)
    if (!pods.has(key)) throw new Failure(`there is no pod ${key} in the input${hint(key, pods)}`);
  return [...keys];
}

/** @throws UsageFailure for a word that can name no pod. */
export function checkPodWord(word: string): void {
  if (/^[^/]+(?:\/[^/]+)?$/.test(word)) return;
  throw new UsageFailure(`POD must be NAME, NAMESPACE/NAME or pod/NAME, but is ${word === "" ? "empty" : word}`);
}

function keyIn(word: string, namespace: string, pods: ObjectSet<ObjectLike>): string {
  const [first, name] = word.split("/");
  if (name === undefined) return `${namespace}/${word}`;
  return KINDS.includes(first) && !pods.has(word) ? `${namespace}/${name}` : word;
}

function hint(key: string, pods: ObjectSet<ObjectLike>): string {
  if (pods.size === 0) return ", which holds no pod at all";
  const keys = [...pods.keys()].sort();
  const elsewhere = keys.filter((other) => nameOf(other) === nameOf(key)).map(namespaceOf);
  const said = elsewhere.length > 0 ? `; one of that name is in ${namespaces(elsewhere)}` : "";
  return `${said}${suggesting(near(key, keys))}`;
}

/** Keys whose names are near: those in the namespace that was named, and without any those in others. */
function near(key: string, keys: readonly string[]): string[] {
  const ours = keys.filter((other) => namespaceOf(other) === namespaceOf(key)).map(nameOf);
  const found = nearest(nameOf(key), ours, OFFERED);
  if (found.length > 0) return found.map((name) => `${namespaceOf(key)}/${name}`);
  const others = keys.filter((other) => nameOf(other) !== nameOf(key));
  const names = nearest(nameOf(key), others.map(nameOf), OFFERED);
  return names.flatMap((name) => others.filter((other) => nameOf(other) === name)).slice(0, OFFERED);
}

function namespaces(all: readonly string[]): string {
  const named = all.slice(0, OFFERED).join(", ");
  const more = all.length - OFFERED;
  return `namespace${all.length === 1 ? "" : "s"} ${named}${more > 0 ? ` and ${more.toLocaleString("en")} more` : ""}`;
}

function namespaceOf(key: string): string {
  return key.slice(0, key.indexOf("/"));
}

function nameOf(key: string): string {
  return key.slice(key.indexOf("/") + 1);
}
