/**
 * Threat: somebody says in a header that they are somebody else, and is counted as many, or as another.
 *
 * Seen to fail without its control: with the first address that a request says of itself taken, all three failed.
 */
import { describe, expect, test } from "vitest";
import { clientOf } from "@/server/rate";

describe("whose request it is", () => {
  test("is the other end of the connection, whatever it says of itself", () => {
    for (const forged of [undefined, "198.51.100.1", "198.51.100.1, 198.51.100.2", ["198.51.100.1", "198.51.100.2"]])
      expect(clientOf("192.0.2.1", forged, 0)).toBe("192.0.2.1");
  });

  test("behind proxies of ours is what the outermost of them was told by its connection: what stands before is forged", () => {
    expect(clientOf("127.0.0.1", "198.51.100.9, 203.0.113.5", 1)).toBe("203.0.113.5");
    expect(clientOf("127.0.0.1", "198.51.100.9, 203.0.113.5, 10.0.0.2", 2)).toBe("203.0.113.5");
    expect(clientOf("127.0.0.1", ["198.51.100.9", "203.0.113.5"], 1)).toBe("203.0.113.5");
    expect(clientOf("127.0.0.1", "2001:db8::1", 1)).toBe("2001:db8::1");
  });

  test("is the connection again where the proxy said nothing of use", () => {
    for (const useless of [undefined, "", "unknown", "198.51.100.9, not-an-address", "1.2.3.4:80"])
      expect(clientOf("127.0.0.1", useless, 1), `${useless}`).toBe("127.0.0.1");
    expect(clientOf("127.0.0.1", "198.51.100.9", 2)).toBe("127.0.0.1");
    expect(clientOf(undefined, undefined, 0)).toBe("unknown");
  });
});
