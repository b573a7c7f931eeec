// @assemblyscript/loader without what no module of ours can use: the tools for strings, arrays and classes need a
// runtime that ours does not export. Leaves out 4 kB and, of each call of a kernel, a wrapper.

import { readFile } from "node:fs/promises";

const CUTS = [
  ["/** polyfill for Object.hasOwn */", "/** Gets a string from memory. */"],
  ["/** Prepares the final module once instantiation is complete. */", "function isResponse(src)"],
  ["/** Demangles an AssemblyScript module's exports", undefined],
];
const INSTEAD = "const postInstantiate = (_, instance) => instance.exports;\n";

export const trimLoader = {
  name: "trim-loader",
  setup(build) {
    build.onLoad({ filter: /[\\/]@assemblyscript[\\/]loader[\\/]index\.js$/ }, async ({ path }) => {
      let contents = await readFile(path, "utf8");
      for (const [from, to] of CUTS) {
        const start = contents.indexOf(from);
        const end = to === undefined ? contents.length : contents.indexOf(to, start);
        if (start < 0 || end < 0) throw new Error(`${path} is not the loader that scripts/lib/trim-loader.mjs knows`);
        contents = contents.slice(0, start) + contents.slice(end);
      }
      return { contents: contents + INSTEAD };
    });
  },
};
