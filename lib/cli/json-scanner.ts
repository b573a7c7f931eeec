// cli: bytes of JSON, chunk by chunk -> documents, and the elements of each document's top-level `items`, one by one.
// Nothing but the brackets and strings is looked at; whoever parses the pieces finds what is wrong inside them.

export interface JsonSink {
  /** A document's text up to the value of its `items`, which is about to come. */
  beginItems(head: string, line: number): void;
  item(text: string, line: number): void;
  /** A whole document, its items replaced by `[]`; `cut` says where that is and how many lines went with it. */
  document(text: string, line: number, cut: Cut | undefined): void;
  /** What the scanner itself could not get through. */
  fail(sentence: string): never;
}

export interface Cut {
  readonly at: number;
  readonly lines: number;
}

/** One piece is parsed as one string; longer ones are refused. */
const MAX_PIECE = 1 << 28;
const MAX_SCALAR = 1 << 16;

const [TAB, LF, CR, SPACE, QUOTE, COMMA, DASH, COLON] = [9, 10, 13, 32, 34, 44, 45, 58];
const [OPEN_LIST, BACKSLASH, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 92, 93, 123, 125];
const ITEMS = Buffer.from("items");

/** Bytes that belong together though they came in several chunks. */
class Piece {
  #parts: Uint8Array[] = [];
  size = 0;

  add(chunk: Uint8Array, from: number, to: number): void {
    if (to <= from) return;
    // A copy: the reader uses its buffers again.
    this.#parts.push(chunk.slice(from, to));
    this.size += to - from;
  }

  get text(): string {
    return Buffer.concat(this.#parts).toString("utf8");
  }

  clear(): void {
    this.#parts = [];
    this.size = 0;
  }
}

/** Where the scanner is: `SCALAR` is a document that is no object, `IN_ITEMS` lies between the elements of the items. */
const [BETWEEN, SCALAR, DOCUMENT, IN_ITEMS, ELEMENT] = [0, 1, 2, 3, 4];

export class JsonScanner {
  #state = BETWEEN;
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** How much of the key `items` has been read at the top level; -1 where this is no such key. */
  #matched = -1;
  #keyNext = false;
  #itemsNext = false;
  #line = 1;
  #documentLine = 1;
  #elementLine = 1;
  #elements = 0;
  #cut: { at: number; lines: number } | undefined;
  readonly #document = new Piece();
  readonly #element = new Piece();

  constructor(readonly sink: JsonSink) {}

  push(chunk: Uint8Array): void {
    // Where the part of this chunk begins that the current piece does not have yet.
    let from = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i];
      if (this.#inString) {
        this.#string(byte);
        continue;
      }
      if (byte === LF) this.#line++;
      const state = this.#state;
      if (state === BETWEEN) {
        if (isBlank(byte)) continue;
        this.#begin(byte);
        from = i;
        if (this.#state === DOCUMENT) this.#structure(byte);
      } else if (state === SCALAR) {
        if (!isBlank(byte)) continue;
        this.#document.add(chunk, from, i);
        this.#endDocument();
      } else if (state === IN_ITEMS) {
        if (isBlank(byte)) continue;
        if (byte === CLOSE_LIST && this.#elements === 0) from = this.#endItems(i);
        else {
          if (byte === COMMA || byte === CLOSE_LIST) this.#failAt("an item is missing");
          this.#state = ELEMENT;
          this.#elementLine = this.#line;
          from = i;
          this.#structure(byte);
        }
      } else if (state === ELEMENT && this.#depth === 2 && (byte === COMMA || byte === CLOSE_LIST)) {
        this.#element.add(chunk, from, i);
        this.#endElement();
        if (byte === CLOSE_LIST) from = this.#endItems(i);
      } else if (state === DOCUMENT && this.#itemsNext && !isBlank(byte)) {
        this.#itemsNext = false;
        if (byte === OPEN_LIST) {
          this.#document.add(chunk, from, i);
          this.#beginItems();
        } else this.#structure(byte);
      } else {
        this.#structure(byte);
        if (this.#depth === 0) {
          this.#document.add(chunk, from, i + 1);
          this.#endDocument();
        } else if (this.#depth === 1 && state === ELEMENT) {
          this.#failAt("a bracket is closed that was not opened");
        }
      }
    }
    this.#keep(chunk, from);
  }

  end(): void {
    if (this.#state === SCALAR) this.#endDocument();
    if (this.#state !== BETWEEN) this.#failAt("the file ends inside this document");
  }

  #string(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) {
      this.#escaped = true;
      this.#matched = -1;
    } else if (byte === QUOTE) this.#inString = false;
    else if (this.#matched >= 0) this.#matched = ITEMS[this.#matched] === byte ? this.#matched + 1 : -1;
  }

  #structure(byte: number): void {
    switch (byte) {
      case QUOTE:
        this.#inString = true;
        this.#matched = this.#keyNext ? 0 : -1;
        this.#keyNext = false;
        break;
      case OPEN_OBJECT:
      case OPEN_LIST:
        this.#depth++;
        this.#keyNext = this.#depth === 1;
        break;
      case CLOSE_OBJECT:
      case CLOSE_LIST:
        this.#depth--;
        break;
      case COMMA:
        this.#keyNext = this.#depth === 1;
        break;
      case COLON:
        this.#itemsNext = this.#depth === 1 && this.#matched === ITEMS.length;
        this.#matched = -1;
        break;
      default:
    }
  }

  #begin(byte: number): void {
    this.#documentLine = this.#line;
    this.#cut = undefined;
    if (byte === OPEN_LIST) this.#failAt("must be an object, but is a list");
    this.#state = byte === OPEN_OBJECT ? DOCUMENT : SCALAR;
  }

  #beginItems(): void {
    this.sink.beginItems(this.#document.text, this.#documentLine);
    this.#state = IN_ITEMS;
    this.#depth = 2;
    this.#elements = 0;
    this.#cut = { at: this.#document.size, lines: this.#line };
  }

  #endElement(): void {
    this.sink.item(this.#element.text, this.#elementLine);
    this.#element.clear();
    this.#elements++;
    this.#state = IN_ITEMS;
  }

  #endItems(at: number): number {
    this.#state = DOCUMENT;
    this.#depth = 1;
    this.#document.add(EMPTY_LIST, 0, 2);
    if (this.#cut !== undefined) this.#cut.lines = this.#line - this.#cut.lines;
    return at + 1;
  }

  #endDocument(): void {
    this.#state = BETWEEN;
    this.#depth = 0;
    this.#itemsNext = false;
    const { text } = this.#document;
    this.#document.clear();
    if (!isSeparator(text)) this.sink.document(text, this.#documentLine, this.#cut);
  }

  #keep(chunk: Uint8Array, from: number): void {
    const piece = this.#state === ELEMENT ? this.#element : this.#document;
    if (this.#state === BETWEEN || this.#state === IN_ITEMS) return;
    piece.add(chunk, from, chunk.length);
    if (this.#state === SCALAR && piece.size > MAX_SCALAR) this.#failAt("is no JSON");
    if (piece.size > MAX_PIECE) this.#failAt(`one object is larger than ${MAX_PIECE >> 20} MB`);
  }

  #failAt(sentence: string): never {
    this.sink.fail(`line ${this.#line}: ${sentence}`);
  }
}

const EMPTY_LIST = Buffer.from("[]");

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === LF || byte === CR || byte === TAB;
}

/** A line of dashes between two documents of JSON, as tools that think of YAML write it. */
function isSeparator(text: string): boolean {
  return text.charCodeAt(0) === DASH && text === "---";
}
