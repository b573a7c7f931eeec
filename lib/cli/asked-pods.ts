// cli: the PODs of the command line -> the keys of pods that are there.

import type { ObjectLike, ObjectSet } from "../index.js";
import { namespaceIn, whereabouts } from "../objects/near-keys.js";
import { Failure, UsageFailure } from "./failure.js";

const KINDS = ["pod", "pods", "po"];

/**
 * The pods that were named, in that order, each once.
 * @throws Failure for one that is not there; it says where pods of its name are, and which names are near.
 */
export function askedPods(pods: ObjectSet<ObjectLike>, words: readonly string[], namespace: string): readonly string[] {
  const keys = new Set(words.map((word) => keyIn(word, namespace, pods)));
  for (const key of keys) checkKey(pods, "pod", key);
  return [...keys];
}

/** @throws UsageFailure for a word that can name no pod. */
export function checkPodWord(word: string): void {
  if (/^[^/]+(?:\/[^/]+)?$/.test(word)) return;
  throw new UsageFailure(`POD must be NAME, NAMESPACE/NAME or pod/NAME, but is ${word === "" ? "empty" : word}`);
}

/** @throws Failure for an object that is not there; it says in which namespaces its name is, and which names are near. */
export function checkKey(known: ObjectSet<ObjectLike>, kind: string, key: string): void {
  if (known.has(key)) return;
  const hint = known.size === 0 ? `, which holds no ${kind} at all` : whereabouts(key, known.keys());
  throw new Failure(`there is no ${kind} ${key} in the input${hint}`);
}

/** The namespaces that words name. */
export function namespacesOf(words: readonly string[]): string[] {
  return words.flatMap((word) => (word.includes("/") && !KINDS.includes(namespaceIn(word)) ? namespaceIn(word) : []));
}

function keyIn(word: string, namespace: string, pods: ObjectSet<ObjectLike>): string {
  const [first, name] = word.split("/");
  if (name === undefined) return `${namespace}/${word}`;
  return KINDS.includes(first) && !pods.has(word) ? `${namespace}/${name}` : word;
}
