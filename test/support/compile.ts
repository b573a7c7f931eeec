// Programs of users, compiled in this process: TypeScript's own files are read once for all of them.

import { createRequire } from "node:module";
import type Typescript from "typescript";

/** A compiler that remembers the libraries that it has read. */
export class Compiler {
  readonly #typescript: typeof Typescript;
  readonly #libraries = new Map<string, Typescript.SourceFile | undefined>();

  /** `name` is the package: `typescript`, or another release of it. */
  constructor(name: string) {
    this.#typescript = createRequire(import.meta.url)(name);
  }

  get version(): string {
    return this.#typescript.version;
  }

  /**
   * What the compiler says of some files and of what they import, a line each: `FILE: TSnnnn sentence`. TypeScript's own
   * libraries are not on trial, and checking them takes longer than all else.
   */
  faults(files: readonly string[], settings: object): string[] {
    const ts = this.#typescript;
    const { errors, options } = ts.convertCompilerOptionsFromJson(settings, "/");
    const host = ts.createCompilerHost(options);
    const read = host.getSourceFile.bind(host);
    host.getSourceFile = (path, ...rest) => {
      if (!/\/lib\/lib\.[\w.]+\.d\.ts$/.test(path)) return read(path, ...rest);
      if (!this.#libraries.has(path)) this.#libraries.set(path, read(path, ...rest));
      return this.#libraries.get(path);
    };
    const program = ts.createProgram(files, options, host);
    const ours = program.getSourceFiles().filter((file) => !program.isSourceFileDefaultLibrary(file));
    const found = ours.flatMap((file) => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ]);
    const ofAll = [...errors, ...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics()];
    return [...ofAll, ...found].map(({ code, file, messageText }) => {
      const name = file?.fileName.split("/").at(-1) ?? "";
      return `${name}: TS${code} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
    });
  }
}
