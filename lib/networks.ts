import { isIP } from "node:net";

/** Whom a network address counts for: the address of IPv4, and for IPv6 its first 64 bits, since whoever has one such address has 2^64 of them. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped || isIP(address) !== 6) return mapped ?? address;
  const host = `http://[${address}]`;
  // In its one short form; a zone, which an address of the same link may have, has none.
  const [head = "", tail = ""] = (URL.canParse(host) ? new URL(host).hostname.slice(1, -1) : address).split("::");
  const [first, last] = [head, tail].map((part) => part.split(":").filter(Boolean)) as [string[], string[]];
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => "0");
  return [...first, ...zeros, ...last].slice(0, 4).join(":");
}
