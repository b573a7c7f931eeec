// 20.7, tolerations: which taint each of them tolerates.

import type { ConformanceCase } from "../case.js";
import { asked, OK, outcome, TAINTED, tainted } from "../node-filters.js";

/** One taint and one toleration. */
function one(
  id: string,
  title: string,
  rule: string,
  taint: string,
  toleration: object,
  verdict: typeof OK | typeof TAINTED,
): ConformanceCase {
  return asked(id, title, [rule], [tainted(taint)], { tolerations: [toleration] }, outcome({ n1: verdict }));
}

/** A taint's value and a toleration that compares with it; the verdict with the gate on. */
function compared(operator: "Gt" | "Lt", taintValue: string, value: string, holds: boolean): ConformanceCase {
  const title = `a taint of ${JSON.stringify(taintValue)}, tolerated if ${operator} ${JSON.stringify(value)}`;
  return asked(
    "T-315",
    title,
    ["R-NOD-12", "R-GATE-23"],
    [tainted({ key: "k", value: taintValue, effect: "NoSchedule" })],
    { tolerations: [{ key: "k", operator, value }] },
    outcome({ n1: holds ? OK : TAINTED }),
    { gates: { TaintTolerationComparisonOperators: true } },
  );
}

const exists = { key: "k", operator: "Exists" };

export const cases: readonly ConformanceCase[] = [
  one(
    "T-311",
    "Equal and the value is equal",
    "R-NOD-10",
    "k=v:NoSchedule",
    { key: "k", operator: "Equal", value: "v" },
    OK,
  ),
  one(
    "T-311",
    "Equal and the value is another",
    "R-NOD-10",
    "k=v:NoSchedule",
    { key: "k", operator: "Equal", value: "w" },
    TAINTED,
  ),
  one("T-311", "no operator is Equal", "R-NOD-10", "k=v:NoSchedule", { key: "k", value: "v" }, OK),
  one(
    "T-311",
    "the empty operator is Equal",
    "R-NOD-10",
    "k=v:NoSchedule",
    { key: "k", operator: "", value: "w" },
    TAINTED,
  ),
  one("T-311", "no value equals the empty one", "R-NOD-10", "k=:NoSchedule", { key: "k" }, OK),
  one("T-311", "the empty value equals none", "R-NOD-10", "k:NoSchedule", { key: "k", value: "" }, OK),
  one("T-311", "no value does not equal another", "R-NOD-10", "k=v:NoSchedule", { key: "k" }, TAINTED),
  one("T-311", "Exists and any value", "R-NOD-10", "k=v:NoSchedule", exists, OK),
  one("T-311", "Exists with a value", "R-NOD-11", "k=v:NoSchedule", { ...exists, value: "w" }, OK),
  one("T-311", "a key in another case", "R-NOD-10", "k=v:NoSchedule", { key: "K", operator: "Exists" }, TAINTED),
  one("T-311", "a value in another case", "R-NOD-10", "k=v:NoSchedule", { key: "k", value: "V" }, TAINTED),
  one(
    "T-312",
    "NoSchedule does not tolerate NoExecute",
    "R-NOD-10",
    "k:NoExecute",
    { ...exists, effect: "NoSchedule" },
    TAINTED,
  ),
  one("T-312", "an equal effect", "R-NOD-10", "k:NoExecute", { ...exists, effect: "NoExecute" }, OK),
  one("T-312", "the empty effect tolerates every effect", "R-NOD-10", "k:NoExecute", { ...exists, effect: "" }, OK),
  one("T-312", "an effect in another case", "R-NOD-10", "k:NoExecute", { ...exists, effect: "noExecute" }, TAINTED),
  one(
    "T-314",
    "no key and Exists tolerates everything",
    "R-NOD-11",
    "k=v:NoExecute",
    { key: "", operator: "Exists" },
    OK,
  ),
  one(
    "T-314",
    "no key and Equal tolerates that value of any key",
    "R-NOD-11",
    "k=v:NoExecute",
    { key: "", operator: "Equal", value: "v" },
    OK,
  ),
  one(
    "T-314",
    "no key and Equal, another value",
    "R-NOD-11",
    "k=v:NoExecute",
    { key: "", operator: "Equal", value: "w" },
    TAINTED,
  ),
  one(
    "T-314",
    "no key, but another effect",
    "R-NOD-11",
    "k=v:NoExecute",
    { operator: "Exists", effect: "NoSchedule" },
    TAINTED,
  ),
  one("T-314", "an empty toleration tolerates the empty value", "R-NOD-11", "k:NoExecute", {}, OK),
  one("T-314", "the operator exists", "R-NOD-10", "k=v:NoSchedule", { key: "k", operator: "exists" }, TAINTED),
  one("T-314", "the operator In", "R-NOD-10", "k=v:NoSchedule", { key: "k", operator: "In", value: "v" }, TAINTED),
  asked(
    "T-314",
    "null stands for an empty toleration",
    ["R-NOD-11"],
    [tainted("k:NoSchedule")],
    { tolerations: [null] },
    outcome({ n1: OK }),
  ),
  ...(["Gt", "Lt"] as const).map((operator) =>
    asked(
      "T-315",
      `${operator} never holds where the gate is off`,
      ["R-GATE-23"],
      [tainted("k=10:NoSchedule")],
      { tolerations: [{ key: "k", operator, value: operator === "Gt" ? "5" : "11" }] },
      outcome({ n1: TAINTED }),
    ),
  ),
  compared("Gt", "10", "5", true),
  compared("Gt", "10", "10", false),
  compared("Lt", "10", "11", true),
  compared("Lt", "10", "10", false),
  compared("Gt", "-3", "-4", true),
  compared("Lt", "-3", "-4", false),
  compared("Gt", "9223372036854775807", "9223372036854775806", true),
  compared("Lt", "-9223372036854775808", "0", true),
  ...["010", "+5", "", "1.5", "-0", "00", " 5", "5x", "9223372036854775808", "-9223372036854775809"].flatMap((odd) => [
    compared("Gt", odd, "-99", false),
    compared("Lt", odd, "99", false),
    compared("Gt", "20", odd, false),
    compared("Lt", "-20", odd, false),
  ]),
  one(
    "T-316",
    "tolerationSeconds do not matter",
    "R-NOD-10",
    "k:NoExecute",
    { ...exists, effect: "NoExecute", tolerationSeconds: 300 },
    OK,
  ),
  one(
    "T-316",
    "nor do zero tolerationSeconds",
    "R-NOD-10",
    "k:NoExecute",
    { ...exists, effect: "NoExecute", tolerationSeconds: 0 },
    OK,
  ),
];
