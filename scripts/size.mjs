// Prints what the library costs and fails where it costs more than .size-limit.json allows; null allows anything.

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const root = new URL("../", import.meta.url);
const limits = JSON.parse(readFileSync(new URL(".size-limit.json", root), "utf8"));

for (const { gzip, limit, name, path } of limits) {
  const bytes = readFileSync(new URL(path, root));
  const size = gzip ? gzipSync(bytes, { level: 9 }).length : bytes.length;
  const fits = limit === null || size <= limit;
  const most = limit === null ? "" : ` of at most ${limit.toLocaleString("en")}`;
  console.log(`${fits ? "ok  " : "FAIL"} ${size.toLocaleString("en")} bytes${most}: ${name}`);
  if (!fits) process.exitCode = 1;
}
