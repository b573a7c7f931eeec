// cli: what kubectl says on standard error -> whether it is a fault, and which resources may not be listed.

import type { Resource } from "./resources.js";

// `Error from server (Forbidden): csinodes.storage.k8s.io is forbidden: User ...`, and for a resource that went since the
// API was discovered `Error from server (NotFound): Unable to list "storage.k8s.io/v1, Resource=csinodes": ...`.
const REFUSAL = /^Error from server \((?:Forbidden|NotFound|MethodNotAllowed)\): (.*)$/;
const NAMED = /^(\S+) is forbidden|\bResource=([a-z]+)/;
/** Other sentences that end a call. */
const FAULT = /^(?:error|unable|couldn't|the connection|you must)\b/i;
/** Lines of kubectl's own log, which come before the sentence that is meant for people. */
const LOG_LINE = /^[EWIF]\d{4} \d\d:\d\d:\d\d/;

/** Whether a line is one of kubectl's log. */
export function isLogLine(line: string): boolean {
  return LOG_LINE.test(line);
}

/** Whether a line says that a call fails; what else is said are warnings, and the words of whoever logs in. */
export function isFault(line: string): boolean {
  return FAULT.test(line);
}

export interface Refusals {
  /** Resources that lines name. */
  readonly named: readonly Resource[];
  /** Some line names none of those that were asked. */
  readonly unnamed: boolean;
}

/** What a call was not allowed to list; undefined where it failed for another cause, if only besides. */
export function refusalsIn(lines: readonly string[], asked: readonly Resource[]): Refusals | undefined {
  const named = new Set<Resource>();
  let unnamed = false;
  for (const line of lines) {
    const [, sentence] = REFUSAL.exec(line) ?? [];
    if (sentence === undefined) {
      if (isFault(line)) return undefined;
      continue;
    }
    const [, forbidden, unlisted = forbidden] = NAMED.exec(sentence) ?? [];
    const found = asked.find(({ name }) => name === unlisted || name.startsWith(`${unlisted}.`));
    if (found === undefined) unnamed = true;
    else named.add(found);
  }
  return named.size > 0 || unnamed ? { named: [...named], unnamed } : undefined;
}
