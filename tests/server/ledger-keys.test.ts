import { mkdtempSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isSigned, keyText, pemOf } from "@/lib/ledger/chain";
import { newPrivateKey, signingKey } from "@/lib/ledger/signing-key";
import { ledgerKeys } from "@/server/sealer";
import { readSettings } from "@/settings";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "muhlat-keys-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const keys = (more: Record<string, string> = {}) => ledgerKeys(readSettings({ MUHLAT_DATA_DIR: path.join(folder, "data"), ...more }));
const file = (name: string) => path.join(folder, "data", name);

test("the first start makes a key that nobody else may read, later ones take it", () => {
  const { current, before } = keys();
  expect(before).toBeUndefined();
  expect(statSync(file("ledger-key")).mode & 0o777).toBe(0o600);
  expect(current.name).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(keys().current.name).toBe(current.name);
  const text = keyText("next", current.name);
  expect(isSigned(text, current.sign(text), current.name)).toBe(true);
  expect(isSigned(`${text} `, current.sign(text), current.name)).toBe(false);
  expect(pemOf(current.name)).toContain("BEGIN PUBLIC KEY");
});

test("a key that is moved aside is followed by a new one", () => {
  const { current } = keys();
  renameSync(file("ledger-key"), file("ledger-key-before"));
  const { current: next, before } = keys();
  expect(before).toMatchObject({ name: current.name });
  expect(next.name).not.toBe(current.name);
});

test("a key that is set goes before the folder's, and leaves none there", () => {
  const [one, other] = [newPrivateKey(), newPrivateKey()];
  const { current, before } = keys({ LEDGER_KEY: one, LEDGER_KEY_BEFORE: other });
  expect(current.name).toBe(signingKey(one).name);
  expect(before).toMatchObject({ name: signingKey(other).name });
  expect(() => readFileSync(file("ledger-key"))).toThrow("ENOENT");
  expect(keys({ LEDGER_KEY: one, LEDGER_KEY_BEFORE: "lost" }).before).toBe("lost");
});
