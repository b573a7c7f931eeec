/** What a bundler or host that compiles WebAssembly gives for this file: a `WebAssembly.Module`, for `createMatcher`. */
declare const module: object;
export default module;
