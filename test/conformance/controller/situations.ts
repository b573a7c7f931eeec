// What happened to the objects of a case, in words that many cases share.

import { type Difference, differences, ofKind, type Rest } from "./compare.js";
import type { Written } from "./generate.js";

interface Event {
  readonly kind: string;
  readonly object: string;
  readonly reason: string;
  readonly message: string;
}

/** For each object that the controller changed or spoke of: its phases and events, and the fields that changed. */
export function situationsOf(objects: readonly Written[], rest: Rest): string[] {
  const [volumes, claims] = [ofKind(objects, "PersistentVolume"), ofKind(objects, "PersistentVolumeClaim")];
  // As if the controller had done nothing.
  const before: Rest = { volumes, claims, events: [] };
  const changes = differences(objects, before, rest).filter(({ where }) => where !== "events");
  const said = new Map<string, string[]>();
  const written = new Map<string, string[]>();
  const add = (to: Map<string, string[]>, object: string, what: string): void => {
    to.set(object, [...(to.get(object) ?? []), what]);
  };
  for (const change of changes) {
    const [kind, name, field] = change.where.split(" ");
    if (field === "status.phase") add(said, `${kind} ${name}`, `${change.ours} to ${change.theirs}`);
    else add(written, `${kind} ${name}`, wordsOf(field, change));
  }
  for (const event of rest.events as readonly Event[]) {
    add(said, `${event.kind} ${event.object.replace(/.*\//, "")}`, `${event.reason}: ${textOf(event)}`);
  }
  return [...said, ...written].map(([object, all]) => `${object.replace(/ .*/, "")}: ${all.join(", ")}`);
}

/** An event's message without names. */
export function textOf({ message }: Pick<Event, "message">): string {
  return message
    .replace(/(["']).*?\1/g, "NAME")
    .replace(/: [^ ]+(,[^ ]+)*$/, ": NAMES")
    .replace(/pods? [^ ]+ to/, (text) => (text.startsWith("pods") ? "pods NAMES to" : "pod NAME to"))
    .replace(/options \[.*/, "options [NAMES]")
    .replace(/provided .*/, "provided PATH");
}

function wordsOf(field: string, { ours, theirs }: Difference): string {
  if (field !== "metadata.annotations") return theirs === null ? `${field} gone` : field;
  const keys = (value: unknown): string[] => Object.keys((value ?? {}) as object);
  const [old, now] = [keys(ours), keys(theirs)];
  const added = now.filter((key) => !old.includes(key)).map((key) => `+${key}`);
  return [...added, ...old.filter((key) => !now.includes(key)).map((key) => `-${key}`)].join(" ") || "annotations";
}
