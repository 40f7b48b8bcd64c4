import { expect, test } from "vitest";
import { hashPassword, hashToken, isPassword, newToken } from "@/lib/staff/passwords";

test("a password is hashed with argon2id, 19 MiB, two passes, one lane, and a salt of its own", async () => {
  const [first, second] = await Promise.all([hashPassword("correct horse battery"), hashPassword("correct horse battery")]);
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22,}\$[A-Za-z0-9+/]{43}$/);
  expect(second).not.toBe(first);
});

test("only the same password is the one that was hashed", async () => {
  const hash = await hashPassword("correct horse battery");
  expect(await isPassword(hash, "correct horse battery")).toBe(true);
  for (const other of ["correct horse batterY", "correct horse battery ", "correct horse", ""])
    expect(await isPassword(hash, other)).toBe(false);
});

// One keyboard sends a letter whole, another in parts; both are the same password.
test.each([
  ["a composed letter", "\u0439од и соль вместе", "и\u0306од и соль вместе"],
  ["wide letters", "ｃｏｒｒｅｃｔ horse", "correct horse"],
  ["a ligature", "o\ufb03ce by the sea", "office by the sea"],
])("%s is the same either way", async (_what, typed, other) => {
  expect(other).not.toBe(typed);
  expect(await isPassword(await hashPassword(typed), other)).toBe(true);
  expect(await isPassword(await hashPassword(other), typed)).toBe(true);
});

test("a token is 256 random bits, fit for an address", () => {
  const tokens = Array.from({ length: 100 }, newToken);
  expect(new Set(tokens).size).toBe(100);
  for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
});

test("the hash of a token is the SHA-256 that other programs compute, and stays so", () => {
  expect(hashToken("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(hashToken("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});
