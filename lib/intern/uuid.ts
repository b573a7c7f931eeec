// intern: the usual form of a UUID (36 characters, lower case) <-> its 16 bytes.

export const UUID_LENGTH = 36;

const isDash = (place: number): boolean => place === 8 || place === 13 || place === 18 || place === 23;

/** Writes the 16 bytes of a text of UUID_LENGTH; false where it is no UUID, and what was written means nothing. */
export function writeUuid(text: string, bytes: Uint8Array, at: number): boolean {
  let next = at;
  for (let i = 0; i < UUID_LENGTH; i += 2) {
    if (isDash(i)) {
      if (text.charCodeAt(i) !== 45) return false;
      i++;
    }
    const high = hexDigit(text.charCodeAt(i));
    const low = hexDigit(text.charCodeAt(i + 1));
    if ((high | low) < 0) return false;
    bytes[next++] = high * 16 + low;
  }
  return true;
}

export function readUuid(bytes: Uint8Array, at: number): string {
  let text = "";
  for (let i = 0; i < 16; i++) {
    if (isDash(text.length)) text += "-";
    text += (bytes[at + i] + 256).toString(16).slice(1);
  }
  return text;
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  return code >= 97 && code <= 102 ? code - 87 : -1;
}
