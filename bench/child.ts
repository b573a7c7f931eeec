// The process in which one function of a bench file runs: child.js FILE FUNCTION PARAMETERS.

const [file, task, parameters] = process.argv.slice(2);
const module = (await import(new URL(`${file}.js`, import.meta.url).href)) as Record<
  string,
  (...p: unknown[]) => unknown
>;
const value = await module[task](...(JSON.parse(parameters) as unknown[]));
process.send?.({ value }, () => process.disconnect());
