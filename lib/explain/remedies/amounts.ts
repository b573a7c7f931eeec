// explain: quantities as they are written -> the whole numbers that the scheduler counts with.

import { milliValue, parseQuantity } from "../../objects/quantity.js";

/** Thousandths of cpu, whole numbers of all others, rounded up. */
export function amountOf(resource: string, quantity: string): bigint {
  const milli = milliValue(parseQuantity(quantity));
  return resource === "cpu" ? milli : (milli + 999n) / 1000n;
}
