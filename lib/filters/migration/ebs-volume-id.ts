// filters: the volume ID of an in-tree EBS volume -> the ID that its CSI driver knows it by, or why there is none.

import { goQuote } from "../../objects/go-quote.js";

const SCHEME = "aws://";
// Made when they are needed: Node makes the classes at their first use, and loading the library changes nothing.
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

/** Exactly one of the two is set. */
export type EbsVolumeId = { readonly id: string; readonly fault?: undefined } | { readonly fault: string };

export function ebsVolumeId(written: string): EbsVolumeId {
  // kube: R-MIG-8 an ID that is no URL is taken as it is.
  if (!written.startsWith(SCHEME)) return { id: written };
  const hash = written.indexOf("#");
  const url = hash < 0 ? written : written.slice(0, hash);
  const rest = url.slice(SCHEME.length);
  const pathAt = rest.search(/[/?]/);
  const host = pathAt < 0 ? rest : rest.slice(0, pathAt);
  const path = pathAt < 0 ? "" : rest.slice(pathAt).split("?")[0];
  // kube: R-MIG-7 what Go's URL parser refuses is an invalid name, in its words.
  const inUrl = urlFault(url, host, path);
  const why = inUrl ?? (hash < 0 ? undefined : badEscape(written.slice(hash + 1)));
  if (why !== undefined) {
    return { fault: `Invalid disk name (${written}): parse ${goQuote(inUrl === undefined ? written : url)}: ${why}` };
  }
  const id = trimSlashes(unescaped(path));
  return id.startsWith("vol-") && !id.includes("/") ? { id } : { fault: `Invalid format for AWS volume (${written})` };
}

function urlFault(url: string, host: string, path: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Go's parser looks for them.
  if (/[\u0000-\u001f\u007f]/.test(url)) return "net/url: invalid control character in URL";
  return authorityFault(host) ?? badEscape(path);
}

function authorityFault(authority: string): string | undefined {
  const at = authority.lastIndexOf("@");
  const host = authority.slice(at + 1);
  const colon = host.lastIndexOf(":");
  if (colon >= 0 && /[^0-9]/.test(host.slice(colon + 1))) {
    return `invalid port ${goQuote(host.slice(colon))} after host`;
  }
  const inHost = hostFault(host);
  if (inHost !== undefined || at < 0) return inHost;
  const user = authority.slice(0, at);
  return /[^A-Za-z0-9\-._:~!$&'()*+,;=%@]/.test(user) ? "net/url: invalid userinfo" : badEscape(user);
}

/** The first fault by position: an escape that a host may not have, or a character. */
function hostFault(host: string): string | undefined {
  for (const { 0: found, index } of host.matchAll(/%|[ \\^`{|}]/g)) {
    if (found !== "%") return `invalid character ${goQuote(found)} in host name`;
    const code = escapeAt(host, index);
    // An escape that itself is part of one cannot begin with a percent sign, so none is looked at twice.
    if (code < 0 || (code < 0x80 && code !== 0x25)) return invalidEscape(host.slice(index));
  }
  return undefined;
}

function badEscape(text: string): string | undefined {
  for (let at = text.indexOf("%"); at >= 0; at = text.indexOf("%", at + 1)) {
    if (escapeAt(text, at) < 0) return invalidEscape(text.slice(at));
  }
  return undefined;
}

/** The byte that an escape stands for, or -1. */
function escapeAt(text: string, at: number): number {
  const digits = text.slice(at + 1, at + 3);
  return /^[0-9A-Fa-f]{2}$/.test(digits) ? Number.parseInt(digits, 16) : -1;
}

/** Printed with what follows, three bytes at the most. */
function invalidEscape(rest: string): string {
  let quoted = "";
  let room = 3;
  for (const character of rest) {
    const bytes = encode(character);
    // What is cut in two is no character any more.
    if (bytes.length <= room) quoted += goQuote(character).slice(1, -1);
    else for (const byte of bytes.subarray(0, room)) quoted += `\\x${byte.toString(16)}`;
    room -= bytes.length;
    if (room <= 0) break;
  }
  return `invalid URL escape "${quoted}"`;
}

function unescaped(path: string): string {
  if (!path.includes("%")) return path;
  const bytes = encode(path);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === 0x25) {
      bytes[length++] = Number.parseInt(String.fromCharCode(bytes[i + 1], bytes[i + 2]), 16);
      i += 2;
    } else bytes[length++] = bytes[i];
  }
  return decode(bytes.subarray(0, length));
}

function trimSlashes(path: string): string {
  let [from, to] = [0, path.length];
  while (path[from] === "/") from++;
  while (to > from && path[to - 1] === "/") to--;
  return path.slice(from, to);
}
