// explain: an amount of a resource -> a quantity as the API writes it.

const BINARY = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

/** `amount`: thousandths of cpu, whole numbers of all others. */
export function amountText(resource: string, amount: bigint): string {
  if (resource === "cpu") return amount % 1000n === 0n ? String(amount / 1000n) : `${amount}m`;
  const isBytes = /memory|storage|hugepages/.test(resource);
  return isBytes ? bytesText(amount) : String(amount);
}

/** Bytes with the largest suffix that loses nothing. */
export function bytesText(bytes: bigint): string {
  let amount = bytes;
  let suffix = "";
  for (const next of BINARY) {
    if (amount === 0n || amount % 1024n !== 0n) break;
    amount /= 1024n;
    suffix = next;
  }
  return `${amount}${suffix}`;
}
