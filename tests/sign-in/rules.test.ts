import { describe, expect, test } from "vitest";
import { codeAt, newSecret, stepOfCode } from "@/lib/sign-in/codes";
import { deviceOf, needsSecondFactor, stageOf } from "@/lib/sign-in/rules";
import { seal, sealNote, unseal, unsealNote } from "@/lib/sign-in/seal";
import { isEasy } from "@/lib/staff/easy-passwords";
import type { Role } from "@/lib/staff/rules";

describe("how far a session has come", () => {
  const roles: Role[] = ["recorder", "reviewer", "country_admin", "central_admin"];

  test.each(roles)("%s", (role) => {
    const stage = (secondFactor: "code" | null, hasFactor: boolean) => stageOf({ role, secondFactor, hasFactor });
    expect(needsSecondFactor(role)).toBe(role !== "recorder");
    expect(stage("code", true)).toBe("whole");
    expect(stage(null, true)).toBe("second_factor");
    expect(stage(null, false)).toBe(role === "recorder" ? "whole" : "enrol");
  });
});

describe("a code of an authenticator", () => {
  // RFC 6238, appendix B: the secret "12345678901234567890", the last six digits.
  const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  test.each([
    [59, "287082"],
    [1_111_111_109, "081804"],
    [1_111_111_111, "050471"],
    [1_234_567_890, "005924"],
    [2_000_000_000, "279037"],
    [20_000_000_000, "353130"],
  ])("is the one of the RFC at %i s", (seconds, code) => {
    expect(codeAt(SECRET, seconds * 1000)).toBe(code);
    expect(stepOfCode(SECRET, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
  });

  test("counts in its step and the two beside it, by the number of its own", () => {
    const at = 1_800_000_000_000;
    const step = at / 30_000;
    const found = [-2, -1, 0, 1, 2].map((by) => stepOfCode(SECRET, codeAt(SECRET, at), at + by * 30_000));
    expect(found).toEqual([undefined, step, step, step, undefined]);
  });

  test.each(["", "28708", "2870822", "28708a", "２８７０８２", null, undefined, 287082, ["287082"]])("is not %j", (code) => {
    expect(stepOfCode(SECRET, code, 59_000)).toBeUndefined();
  });

  test("is of a secret of 160 bits, another each time", () => {
    const secrets = [newSecret(), newSecret()];
    for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(secrets[0]).not.toBe(secrets[1]);
  });
});

describe("what is sealed", () => {
  process.env.AUTH_SECRET = "a secret of these tests, and of nothing else";

  test("opens for its purpose, as it was, and never reads the same twice", () => {
    const sealed = seal("authenticator", "тайна");
    expect(unseal("authenticator", sealed)).toBe("тайна");
    expect(unseal("enrolment", sealed)).toBeUndefined();
    expect(seal("authenticator", "тайна")).not.toEqual(sealed);
    expect(sealed.includes("тайна")).toBe(false);
  });

  test("opens no more when one bit of it is another, or it is cut", () => {
    const sealed = seal("authenticator", "secret");
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(unseal("authenticator", changed)).toBeUndefined();
    }
    for (const length of [0, 11, 27, sealed.length - 1]) expect(unseal("authenticator", sealed.subarray(0, length))).toBeUndefined();
  });

  test("is a note for so long", () => {
    const note = sealNote("enrolment", { secret: "x" }, 60, 1000);
    expect(unsealNote("enrolment", note, 60_999)).toEqual({ secret: "x" });
    expect(unsealNote("enrolment", note, 61_000)).toBeUndefined();
    expect(unsealNote("provider", note, 2000)).toBeUndefined();
    for (const made of ["", undefined, "x", Buffer.from('{"secret":"x","until":9e15}').toString("base64url")])
      expect(unsealNote("enrolment", made)).toBeUndefined();
  });
});

test.each([
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0",
    "Edge, Windows",
  ],
  [
    "Mozilla/5.0 (Linux; Android 14; SM-A546) AppleWebKit/537.36 Chrome/140.0 YaBrowser/25.1 Mobile Safari/537.36",
    "Yandex Browser, Android",
  ],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1 Version/18.5 Mobile Safari/604.1", "Safari, iPhone"],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"],
  ["curl/8.0 <script>alert(1)</script>", ""],
  [undefined, ""],
])("a device is named in our own words: %s", (userAgent, device) => {
  expect(deviceOf(userAgent)).toBe(device);
});

describe("a password that would be guessed soon", () => {
  const own = ["aigul@example.org", "Aigul Asanova"];
  test.each([
    "password1234",
    "Password 2026!!",
    "qwerty123456",
    "aaaaaaaaaaaa",
    "123456789012",
    "dragonmaster",
    "aigul@example.org",
    "AigulAsanova1985",
    "muhlat muhlat",
    "консульство 1",
    "йцукенгшщзхъ",
    "пароль12345678",
  ])("%s", (password) => {
    expect(isEasy(password, own)).toBe(true);
  });

  test.each(["correct horse battery", "a few words together", "quite another one", "лошадь батарея скоба", "x7Kd9-pQ2mZ-w8", "…………………………"])(
    "is not %s",
    (password) => {
      expect(isEasy(password, own)).toBe(password === "…………………………");
    },
  );
});
