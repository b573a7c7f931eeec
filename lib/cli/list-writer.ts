// cli: an object with one long list in it -> JSON or YAML, written item by item.

import type { Output } from "./io.js";

/** Writes `head` and, as its last field `name`, the items. Stops quietly when nobody reads any more. */
export interface ListWriter {
  begin(head: object, name: string): Promise<void>;
  item(item: object): Promise<void>;
  end(): Promise<void>;
}

export async function listWriter(format: "json" | "yaml", output: Output): Promise<ListWriter> {
  return format === "json" ? new JsonWriter(output) : new YamlWriter(output, (await import("yaml")).stringify);
}

class JsonWriter implements ListWriter {
  #items = 0;

  constructor(readonly output: Output) {}

  async begin(head: object, name: string): Promise<void> {
    const fields = Object.entries(head).map(
      ([field, value]) => `  ${JSON.stringify(field)}: ${JSON.stringify(value)},\n`,
    );
    await this.output.write(`{\n${fields.join("")}  ${JSON.stringify(name)}: [`);
  }

  async item(item: object): Promise<void> {
    await this.output.write(`${this.#items++ === 0 ? "" : ","}\n    ${JSON.stringify(item)}`);
  }

  async end(): Promise<void> {
    await this.output.write(`${this.#items === 0 ? "" : "\n  "}]\n}\n`);
  }
}

type Stringify = typeof import("yaml").stringify;

const YAML_OPTIONS = { version: "1.1", schema: "yaml-1.1", aliasDuplicateObjects: false, lineWidth: 0 } as const;

class YamlWriter implements ListWriter {
  #items = 0;
  #name = "";

  constructor(
    readonly output: Output,
    readonly stringify: Stringify,
  ) {}

  async begin(head: object, name: string): Promise<void> {
    this.#name = name;
    await this.output.write(this.stringify(head, YAML_OPTIONS));
  }

  async item(item: object): Promise<void> {
    if (this.#items++ === 0) await this.output.write(`${this.#name}:\n`);
    await this.output.write(this.stringify([item], YAML_OPTIONS));
  }

  async end(): Promise<void> {
    if (this.#items === 0) await this.output.write(`${this.#name}: []\n`);
  }
}
