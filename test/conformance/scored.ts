// Claims that are provisioned, and scored by the room that there is for them.

import { BETA_CLASS, type ClaimOptions, claim, csiCapacity, type KubeObject, limitedClass, pod } from "./build.js";
import type { ConformanceCase, ExpectedPlan } from "./case.js";
import { classes, nodeA } from "./world.js";

/** Claims by name, of class limited unless given; node A, and objects in which there is room. */
export function provisioned(
  id: string,
  title: string,
  rules: readonly string[],
  objects: readonly KubeObject[],
  claims: Readonly<Record<string, ClaimOptions>>,
  plan: ExpectedPlan,
): ConformanceCase {
  const names = Object.keys(claims);
  const made = names.map((name) => claim(name, { class: "limited", ...claims[name] }));
  return {
    id,
    title,
    rules,
    objects: [nodeA, ...classes, ...limitedClass("limited"), ...objects, ...made, pod(...names)],
    expect: { feasible: ["nodeA"], plans: { nodeA: plan } },
  };
}

export const hundred = csiCapacity("room", { capacity: "100Gi" });
/** Of a class by annotation; its spec names another one, or none. */
export const annotated = (named: string, size: string, spec: string | null): ClaimOptions => ({
  class: spec,
  size,
  annotations: { [BETA_CLASS]: named },
});
