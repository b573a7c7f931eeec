// The modules in build/ -> lib/evaluate/*-bytes.ts, so that no file is read and no bundler asked at run time.

import { readFileSync, writeFileSync } from "node:fs";

const root = new URL("../", import.meta.url);
// In this order: npm test looks at the time of the last one.
const EMBEDDED = {
  "build/topomatch-threads.wasm": "lib/evaluate/threads/wasm-bytes.ts",
  "build/topomatch.wasm": "lib/evaluate/wasm-bytes.ts",
};

for (const [module, source] of Object.entries(EMBEDDED)) {
  const base64 = readFileSync(new URL(module, root)).toString("base64");
  const text = `// Written by scripts/embed-wasm.mjs from ${module}.\nexport const wasmBase64 =\n  "${base64}";\n`;
  writeFileSync(new URL(source, root), text);
}
