// cli: text of YAML, chunk by chunk -> its documents. A marker at the start of a line ends a document, whatever stands
// before it, so nothing needs to be parsed for that.

export interface YamlSink {
  document(text: string, line: number): void;
  tooLarge(line: number): never;
}

/** Larger documents would take the parser minutes and gigabytes. */
export const MAX_YAML_BYTES = 8 << 20;

const MARKER = /^(?:---|\.\.\.)(?:[ \t\r]|$)/;
const BLANK_OR_COMMENT = /^[ \t\r]*(?:#.*)?$/;

export class YamlSplitter {
  /** Text of the current document, and the line it begins in. */
  #parts: string[] = [];
  #length = 0;
  #line = 1;
  #documentLine = 1;
  /** Whether `---` began the current document; without it only its text does. */
  #explicit = false;
  /** The last line, as long as its end has not come. */
  #tail = "";

  constructor(readonly sink: YamlSink) {}

  push(chunk: string): void {
    const text = this.#tail + chunk;
    let from = 0;
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      if (isMarker(text, start, end)) {
        this.#add(text.slice(from, start));
        from = this.#mark(text.slice(start, end)) ? start : end + 1;
      }
      start = end + 1;
      this.#line++;
    }
    this.#add(text.slice(from, start));
    this.#tail = text.slice(start);
    if (this.#length + this.#tail.length > MAX_YAML_BYTES) this.sink.tooLarge(this.#documentLine);
  }

  end(): void {
    const tail = this.#tail;
    this.#tail = "";
    if (!isMarker(tail, 0, tail.length)) this.#add(tail);
    else if (this.#mark(tail)) this.#add(tail);
    this.#finish();
  }

  /** Ends the current document at a marker; true where the marker begins the next one. */
  #mark(marker: string): boolean {
    if (marker.startsWith("...")) {
      this.#finish();
      this.#documentLine = this.#line + 1;
      return false;
    }
    const text = this.#parts.join("");
    // Directives stand before the marker of the document that they are for.
    if (this.#explicit || !isPreamble(text)) this.#finish();
    if (this.#parts.length === 0) this.#documentLine = this.#line;
    this.#explicit = true;
    return true;
  }

  #add(text: string): void {
    if (text === "") return;
    this.#parts.push(text);
    this.#length += text.length;
  }

  #finish(): void {
    const text = this.#parts.join("");
    const isDocument = this.#explicit || !isPreamble(text);
    this.#parts = [];
    this.#length = 0;
    this.#explicit = false;
    if (!isDocument) return;
    // A character takes one byte to three.
    const large = text.length * 3 > MAX_YAML_BYTES && Buffer.byteLength(text) > MAX_YAML_BYTES;
    if (large) this.sink.tooLarge(this.#documentLine);
    this.sink.document(text, this.#documentLine);
  }
}

function isMarker(text: string, start: number, end: number): boolean {
  const first = text.charCodeAt(start);
  if (first !== 45 && first !== 46) return false;
  return MARKER.test(text.slice(start, Math.min(end, start + 4)));
}

/** Comments, blank lines and directives make no document. */
function isPreamble(text: string): boolean {
  return text.split("\n").every((line) => BLANK_OR_COMMENT.test(line) || line.startsWith("%"));
}
