import { describe, expect, test } from "vitest";
import { Rate, rateFields } from "@/server/rate";

const MINUTE = 60_000;

describe("what an address may ask", () => {
  test("is so many questions a minute, told each time, and anew when the minute is over", () => {
    const rate = new Rate(3);
    const taken = [0, 10, 20, 30, MINUTE - 1].map((now) => rate.take("192.0.2.1", now));
    expect(taken.map(({ allowed, left }) => [allowed, left])).toEqual([
      [true, 2],
      [true, 1],
      [true, 0],
      [false, 0],
      [false, 0],
    ]);
    expect(taken.map(({ seconds }) => seconds)).toEqual([60, 60, 60, 60, 1]);
    expect(rate.take("192.0.2.1", MINUTE)).toEqual({ allowed: true, left: 2, seconds: 60 });
    expect(rate.take("192.0.2.2", 30)).toMatchObject({ allowed: true, left: 2 });
  });

  test("is shared by a network of IPv6, however its addresses are written, and by nobody else", () => {
    const rate = new Rate(2);
    for (const address of ["2001:db8:1:2::1", "2001:db8:1:2:ffff:0:0:9"]) rate.take(address, 0);
    expect(rate.take("2001:db8:1:2:3:4:5:6", 0).allowed).toBe(false);
    expect(rate.take("2001:DB8:1:2::7", 0).allowed).toBe(false);
    expect(rate.take("2001:0db8:0001:0002::7", 0).allowed).toBe(false);
    expect(rate.take("2001:db8:1:3::1", 0).allowed).toBe(true);
    expect(rate.take("2001:db8::1", 0).allowed).toBe(true);
    expect(rate.take("::1", 0).allowed).toBe(true);
  });

  test("is the same for an IPv4 address that came by IPv6", () => {
    const rate = new Rate(1);
    rate.take("::ffff:192.0.2.1", 0);
    expect(rate.take("192.0.2.1", 0).allowed).toBe(false);
    expect(rate.take("::ffff:192.0.2.2", 0).allowed).toBe(true);
  });

  test("is remembered of twenty thousand addresses at most, the oldest forgotten first", () => {
    const rate = new Rate(1);
    const address = (number: number) => `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
    for (let number = 0; number < 30_000; number += 1) rate.take(address(number), number / 1000);
    expect(rate.remembered).toBe(20_000);
    expect(rate.take(address(29_999), 40).allowed).toBe(false);
    expect(rate.take(address(10_001), 40).allowed).toBe(false);
    expect(rate.take(address(1), 40).allowed).toBe(true);
  });

  test("is told in the fields of the draft", () => {
    expect(rateFields({ allowed: true, left: 2, seconds: 59 }, new Rate(3))).toEqual([
      ["RateLimit-Policy", '"default";q=3;w=60'],
      ["RateLimit", '"default";r=2;t=59'],
    ]);
  });
});
