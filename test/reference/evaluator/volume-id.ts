// An EBS volume ID in its URL form, refused with the texts of Go's URL parser (R-MIG-7).

import { goQuote, goQuoteBytes } from "./go-text.js";

const SCHEME = "aws://";
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/;
const USERINFO = /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/;
const HOST_FORBIDDEN = " \\^`{|}";
const ESCAPE = /^%[0-9A-Fa-f]{2}/;

/** What is wrong with the ID; undefined where it is accepted. */
export function checkEBSVolumeID(id: string): string | undefined {
  if (!id.startsWith(SCHEME)) return undefined;
  const hash = id.indexOf("#");
  const url = hash < 0 ? id : id.slice(0, hash);
  const fragment = hash < 0 ? "" : id.slice(hash + 1);
  const [, host, path] = /^([^/?]*)([^?]*)/s.exec(url.slice(SCHEME.length))!;
  const inUrl = CONTROL.test(url)
    ? "net/url: invalid control character in URL"
    : (hostFault(host) ?? badEscape(path, () => true));
  const why = inUrl ?? badEscape(fragment, () => true);
  if (why !== undefined) {
    const quoted = goQuote(inUrl === undefined ? id : url);
    return `Invalid disk name (${id}): parse ${quoted}: ${why}`;
  }
  const name = decode(path).replace(/^\/+|\/+$/g, "");
  return /^vol-[^/]*$/.test(name) ? undefined : `Invalid format for AWS volume (${id})`;
}

/** The ID of a volume whose ID is accepted, as its driver knows it. */
export function plainEBSVolumeID(id: string): string {
  if (!id.startsWith(SCHEME)) return id;
  const [, path] = /^[^/?]*([^?]*)/s.exec(id.split("#")[0].slice(SCHEME.length))!;
  return decode(path).replace(/^\/+|\/+$/g, "");
}

function hostFault(authority: string): string | undefined {
  const at = authority.lastIndexOf("@");
  const host = authority.slice(at + 1);
  const colon = host.lastIndexOf(":");
  if (colon >= 0 && !/^[0-9]*$/.test(host.slice(colon + 1))) {
    return `invalid port ${goQuote(host.slice(colon))} after host`;
  }
  const inHost = hostCharacterFault(host);
  if (inHost !== undefined) return inHost;
  if (at < 0) return undefined;
  const userinfo = authority.slice(0, at);
  if (!USERINFO.test(userinfo)) return "net/url: invalid userinfo";
  return badEscape(userinfo, () => true);
}

function hostCharacterFault(host: string): string | undefined {
  for (let index = 0; index < host.length; index++) {
    const char = host[index];
    if (char === "%") {
      // A host may only escape what is not ASCII, and the percent sign itself.
      const fault = badEscape(host.slice(index, index + 3), (code) => code >= 0x80 || code === 0x25, host.slice(index));
      if (fault !== undefined) return fault;
      index += 2;
    } else if (HOST_FORBIDDEN.includes(char)) return `invalid character ${goQuote(char)} in host name`;
  }
  return undefined;
}

function badEscape(text: string, allowed: (code: number) => boolean, rest?: string): string | undefined {
  for (let index = text.indexOf("%"); index >= 0; index = text.indexOf("%", index)) {
    const tail = text.slice(index);
    const encoded = ESCAPE.exec(tail)?.[0];
    if (encoded === undefined || !allowed(Number.parseInt(encoded.slice(1), 16))) {
      return `invalid URL escape ${goQuoteBytes(Buffer.from(rest ?? tail, "utf8").subarray(0, 3))}`;
    }
    index += encoded.length;
  }
  return undefined;
}

function decode(path: string): string {
  const bytes: number[] = [];
  const raw = Buffer.from(path, "utf8");
  for (let index = 0; index < raw.length; index++) {
    if (raw[index] === 0x25) {
      bytes.push(Number.parseInt(raw.subarray(index + 1, index + 3).toString("latin1"), 16));
      index += 2;
    } else bytes.push(raw[index]);
  }
  return Buffer.from(bytes).toString("utf8");
}
