// cli: the streams of a run, written so that a slow reader slows us and a closed pipe ends us quietly.

export interface OutputStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string, done: (error?: Error | null) => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
}

export interface Io {
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: { readonly [name: string]: string | undefined };
}

const FLUSH_AT = 1 << 16;

/** Gathers text and writes it in pieces. */
export class Output {
  /** The reader has gone: whatever would still be written is lost. */
  closed = false;
  readonly isTerminal: boolean;
  #pending = "";
  #failure: Error | undefined;

  constructor(readonly stream: OutputStream) {
    this.isTerminal = stream.isTTY === true;
    stream.on("error", (error) => this.#fail(error));
  }

  /** @throws what the stream failed with, unless its reader has gone. */
  async write(text: string): Promise<void> {
    this.#pending += text;
    if (this.#pending.length >= FLUSH_AT) await this.flush();
  }

  /** Writes at once, and waits for nothing: for the little that a terminal shows meanwhile. */
  writeNow(text: string): void {
    const all = this.#pending + text;
    this.#pending = "";
    if (this.closed) return;
    this.stream.write(all, (error) => {
      if (error) this.#fail(error);
    });
  }

  async flush(): Promise<void> {
    const text = this.#pending;
    this.#pending = "";
    if (text !== "" && !this.closed) {
      await new Promise<void>((resolve) =>
        this.stream.write(text, (error) => {
          if (error) this.#fail(error);
          resolve();
        }),
      );
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  #fail(error: Error): void {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EPIPE" && code !== "ERR_STREAM_DESTROYED") this.#failure ??= error;
    this.closed = true;
  }
}
