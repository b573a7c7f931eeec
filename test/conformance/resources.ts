// What the cases of NodeResourcesFit share: nodes that have just enough for a pod, and nodes that lack one unit of it.

import { type KubeObject, node, podOf } from "./build.js";
import type { ConformanceCase, Rejection } from "./case.js";

/** Thousandths of cpu, whole units of everything else. */
export type Needs = Readonly<Record<string, number | bigint>>;

export const FIT = { filters: ["NodeResourcesFit"] } as const;

/** Too little is free, or too little would be if no pod were there. */
export const short = (...reasons: string[]): Rejection => by("Unschedulable", reasons);
export const tooSmall = (...reasons: string[]): Rejection => by("UnschedulableAndUnresolvable", reasons);

function by(code: Rejection["code"], reasons: readonly string[]): Rejection {
  return { plugin: "NodeResourcesFit", code, reasons };
}

/** A node with room for 110 pods unless it says otherwise. */
export function nodeWith(name: string, allocatable: object): KubeObject {
  return { ...node(name), status: { allocatable: { pods: "110", ...allocatable } } };
}

/** A container with these requests. */
export function container(name: string, requests: object, more: object = {}): object {
  return { name, resources: { requests }, ...more };
}

/** A spec of containers c0, c1 and so on. */
export function spec(...requests: readonly object[]): object {
  return { containers: requests.map((list, index) => container(`c${index}`, list)) };
}

/** default/pod with one container. */
export function asking(requests: object): KubeObject {
  return podOf(spec(requests));
}

/** A pod of the namespace default on a node. */
export function running(name: string, nodeName: string, of: object, status: object = {}): KubeObject {
  return { ...podOf({ nodeName, ...of }, "default", name), status: { phase: "Running", ...status } };
}

/** A pod of this spec fits node `enough`, which has the needs exactly, and not those that lack one unit of one. */
export function needs(
  id: string,
  title: string,
  rules: readonly string[],
  of: object,
  exactly: Needs,
  options: ConformanceCase["options"] = {},
): ConformanceCase {
  const names = Object.keys(exactly);
  return {
    id,
    title,
    rules,
    options: { ...FIT, ...options },
    objects: [
      nodeWith("enough", amounts(exactly)),
      ...names.map((name) => nodeWith(`less ${name}`, amounts(oneLess(exactly, name)))),
      podOf(of),
    ],
    expect: {
      feasible: ["enough"],
      infeasible: Object.fromEntries(names.map((name) => [`less ${name}`, tooSmall(`Insufficient ${name}`)])),
    },
  };
}

/** A pod of this spec and status uses exactly so much where it runs: one unit more is free on `enough`, none elsewhere. */
export function uses(
  id: string,
  title: string,
  of: object,
  status: object,
  exactly: Needs,
  options: ConformanceCase["options"] = {},
): ConformanceCase {
  const names = Object.keys(exactly);
  const [code] = [options.kubernetes === "1.33" ? short : tooSmall];
  const more = Object.fromEntries(names.map((name) => [name, BigInt(exactly[name]) + 1n]));
  const nodes = { enough: more, ...Object.fromEntries(names.map((name) => [`less ${name}`, oneLess(more, name)])) };
  return {
    id,
    title,
    rules: ["R-NOD-30"],
    options: { ...FIT, ...options },
    objects: [
      ...Object.entries<Needs>(nodes).flatMap(([name, allocatable], index) => [
        nodeWith(name, amounts(allocatable)),
        running(`running-${index}`, name, of, status),
      ]),
      podOf(spec(amounts(Object.fromEntries(names.map((name) => [name, 1]))))),
    ],
    expect: {
      feasible: ["enough"],
      infeasible: Object.fromEntries(
        names.map((name) => [`less ${name}`, (BigInt(exactly[name]) > 0n ? short : code)(`Insufficient ${name}`)]),
      ),
    },
  };
}

function oneLess(exactly: Needs, name: string): Needs {
  return { ...exactly, [name]: BigInt(exactly[name]) - 1n };
}

function amounts(of: Needs): object {
  return Object.fromEntries(
    Object.entries(of).map(([name, amount]) => [name, name === "cpu" ? `${amount}m` : String(amount)]),
  );
}
