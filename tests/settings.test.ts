import { describe, expect, test } from "vitest";
import { newPrivateKey } from "@/lib/ledger/signing-key";
import { readSettings, SettingsError } from "@/settings";

const defaults = {
  PORT: 3000,
  HOST: "127.0.0.1",
  MUHLAT_DATA_DIR: ".data",
  MUHLAT_STARTER_RECORD: "load",
  TRUST_PROXY: 0,
  DRAIN_SECONDS: 0,
  MUHLAT_FACE: "all",
  LOG: "words",
  MUHLAT_OFFLINE_COPY: "keep",
  OIDC_SECOND_FACTOR: [],
};

const NAMES = [
  "PORT",
  "HOST",
  "PUBLIC_URL",
  "DATABASE_URL",
  "DATABASE_URL_MIGRATE",
  "DATABASE_URL_PUBLIC",
  "DATABASE_URL_REPLICA",
  "MUHLAT_DATA_DIR",
  "AUTH_SECRET",
  "OIDC_ISSUER",
  "OIDC_CLIENT_ID",
  "OIDC_CLIENT_SECRET",
  "OIDC_NAME",
  "OIDC_SECOND_FACTOR",
  "LEDGER_KEY",
  "LEDGER_KEY_BEFORE",
  "MUHLAT_ADMIN_EMAIL",
  "MUHLAT_ADMIN_PASSWORD",
  "CONTACT_EMAIL",
  "MUHLAT_STARTER_RECORD",
  "TRUST_PROXY",
  "DRAIN_SECONDS",
  "MUHLAT_FACE",
  "LOG",
  "METRICS",
  "MUHLAT_OFFLINE_COPY",
];

function refusal(env: Record<string, string | undefined>): string {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return "none";
}

describe("settings", () => {
  test("have defaults, and need nothing", () => {
    expect(readSettings({})).toEqual(defaults);
  });

  test("that are empty count as unset, one by one and together", () => {
    for (const name of NAMES) expect(readSettings({ [name]: "" })).toEqual(defaults);
    expect(readSettings(Object.fromEntries(NAMES.map((name) => [name, ""])))).toEqual(defaults);
    expect(readSettings({ PORT: undefined })).toEqual(defaults);
  });

  test("are taken as given", () => {
    const given = {
      PORT: "8080",
      HOST: "::",
      PUBLIC_URL: "https://muhlat.example/anything?here",
      DATABASE_URL: "postgres://staff:secret@db:5432/muhlat",
      DATABASE_URL_MIGRATE: "postgresql://owner@db/muhlat?sslmode=require",
      DATABASE_URL_PUBLIC: "postgres://reader@db/muhlat",
      DATABASE_URL_REPLICA: "postgres://reader@replicas/muhlat",
      MUHLAT_DATA_DIR: "/var/lib/muhlat",
      AUTH_SECRET: "s".repeat(32),
      OIDC_ISSUER: "https://id.example.org/realms/mfa",
      OIDC_CLIENT_ID: "muhlat",
      OIDC_CLIENT_SECRET: "shared",
      OIDC_NAME: "the ministry",
      OIDC_SECOND_FACTOR: "otp, hwk",
      LEDGER_KEY: newPrivateKey(),
      LEDGER_KEY_BEFORE: newPrivateKey(),
      MUHLAT_ADMIN_EMAIL: "admin@example.org",
      MUHLAT_ADMIN_PASSWORD: "p".repeat(12),
      CONTACT_EMAIL: "mistakes@example.org",
      MUHLAT_STARTER_RECORD: "skip",
      TRUST_PROXY: "2",
      DRAIN_SECONDS: "5",
      MUHLAT_FACE: "staff",
      LOG: "json",
      METRICS: "127.0.0.1:9464",
      MUHLAT_OFFLINE_COPY: "off",
    };
    expect(readSettings({ ...given, SOMETHING_ELSE: "x" })).toEqual({
      ...given,
      PORT: 8080,
      PUBLIC_URL: "https://muhlat.example",
      TRUST_PROXY: 2,
      METRICS: { host: "127.0.0.1", port: 9464 },
      DRAIN_SECONDS: 5,
      OIDC_SECOND_FACTOR: ["otp", "hwk"],
    });
    expect(Object.keys(given)).toEqual(NAMES);
  });

  test.each([
    ["1", 1],
    ["65535", 65_535],
  ])("take port %s", (PORT, port) => {
    expect(readSettings({ PORT }).PORT).toBe(port);
  });
});

describe("a wrong setting is named, with what it must be", () => {
  test.each([
    ["PORT", "0", "must be a port number from 1 to 65535"],
    ["PORT", "65536", "must be a port number from 1 to 65535"],
    ["PORT", "-1", "must be a port number from 1 to 65535"],
    ["PORT", "80.5", "must be a port number from 1 to 65535"],
    ["PORT", "http", "must be a port number from 1 to 65535"],
    ["PORT", " 80", "must be a port number from 1 to 65535"],
    ["PUBLIC_URL", "muhlat.example", "must begin with https:// or http://"],
    ["PUBLIC_URL", "ftp://muhlat.example", "must begin with https:// or http://"],
    ["PUBLIC_URL", "javascript:alert(1)", "must begin with https:// or http://"],
    ["DATABASE_URL", "mysql://db/muhlat", "must be an address that begins with postgres://"],
    ["DATABASE_URL", "db/muhlat", "must be an address that begins with postgres://"],
    ["DATABASE_URL", "postgres://db:port/muhlat", "is not an address PostgreSQL would understand"],
    ["DATABASE_URL_MIGRATE", "db", "must be an address that begins with postgres://"],
    ["DATABASE_URL_PUBLIC", "db", "must be an address that begins with postgres://"],
    ["DATABASE_URL_REPLICA", "db", "must be an address that begins with postgres://"],
    ["AUTH_SECRET", "s".repeat(31), "must have at least 32 characters"],
    ["OIDC_ISSUER", "http://id.example.org", "must begin with https://"],
    ["OIDC_ISSUER", "http://127.0.0.1.evil.example/", "must begin with https://"],
    ["OIDC_ISSUER", "id.example.org", "must begin with https://"],
    ["OIDC_NAME", "n".repeat(61), "must have at most 60 characters"],
    ["LEDGER_KEY", "hunter2", "must be a private Ed25519 key, PKCS #8 (DER) in base64 on one line"],
    ["LEDGER_KEY", "lost", "must be a private Ed25519 key, PKCS #8 (DER) in base64 on one line"],
    ["LEDGER_KEY_BEFORE", "hunter2", "must be the private key used before, or lost"],
    ["MUHLAT_ADMIN_EMAIL", "admin", "must be an e-mail address"],
    ["MUHLAT_ADMIN_PASSWORD", "p".repeat(11), "must have at least 12 characters"],
    ["MUHLAT_STARTER_RECORD", "yes", "must be load or skip"],
    ["TRUST_PROXY", "yes", "must be the number of proxies before this server, 0 to 9"],
    ["TRUST_PROXY", "10", "must be the number of proxies before this server, 0 to 9"],
    ["TRUST_PROXY", "-1", "must be the number of proxies before this server, 0 to 9"],
    ["DRAIN_SECONDS", "61", "must be a number of seconds, 0 to 60"],
    ["DRAIN_SECONDS", "1.5", "must be a number of seconds, 0 to 60"],
    ["MUHLAT_FACE", "both", "must be all, public or staff"],
    ["MUHLAT_OFFLINE_COPY", "no", "must be keep or off"],
    ["CONTACT_EMAIL", "nobody", "must be an e-mail address"],
  ])("%s=%s", (name, value, sentence) => {
    expect(refusal({ [name]: value })).toBe(`The setting ${name} ${sentence}.`);
  });

  test("and its value, which may be a secret, is not", () => {
    expect(refusal({ DATABASE_URL: "mysql://staff:hunter2@db/muhlat" })).not.toContain("hunter2");
    expect(refusal({ AUTH_SECRET: "hunter2" })).not.toContain("hunter2");
  });
});

describe("settings that need each other", () => {
  const admin = { MUHLAT_ADMIN_EMAIL: "admin@example.org", MUHLAT_ADMIN_PASSWORD: "p".repeat(12) };
  const addresses = {
    DATABASE_URL: "postgres://staff@db/muhlat",
    DATABASE_URL_MIGRATE: "postgres://owner@db/muhlat",
    DATABASE_URL_PUBLIC: "postgres://reader@db/muhlat",
  };

  test.each([
    [{ MUHLAT_ADMIN_EMAIL: admin.MUHLAT_ADMIN_EMAIL }, "MUHLAT_ADMIN_PASSWORD is needed too when MUHLAT_ADMIN_EMAIL is set"],
    [{ ...admin, MUHLAT_ADMIN_PASSWORD: "" }, "MUHLAT_ADMIN_PASSWORD is needed too when MUHLAT_ADMIN_EMAIL is set"],
    [{ MUHLAT_ADMIN_PASSWORD: admin.MUHLAT_ADMIN_PASSWORD }, "MUHLAT_ADMIN_EMAIL is needed too when MUHLAT_ADMIN_PASSWORD is set"],
    [{ OIDC_ISSUER: "https://id.example.org" }, "OIDC_CLIENT_ID is needed too when OIDC_ISSUER is set"],
    [
      { OIDC_ISSUER: "https://id.example.org", OIDC_CLIENT_ID: "muhlat" },
      "OIDC_CLIENT_SECRET is needed too when OIDC_ISSUER and OIDC_CLIENT_ID are set",
    ],
    [{ DATABASE_URL_MIGRATE: addresses.DATABASE_URL_MIGRATE }, "DATABASE_URL is needed too when DATABASE_URL_MIGRATE is set"],
    [{ DATABASE_URL_PUBLIC: addresses.DATABASE_URL_PUBLIC }, "DATABASE_URL is needed too when DATABASE_URL_PUBLIC is set"],
    [{ DATABASE_URL_REPLICA: addresses.DATABASE_URL_PUBLIC }, "DATABASE_URL is needed too when DATABASE_URL_REPLICA is set"],
    [{ ...addresses, DATABASE_URL: "" }, "DATABASE_URL is needed too when DATABASE_URL_MIGRATE and DATABASE_URL_PUBLIC are set"],
    [{ ...addresses, DATABASE_URL_PUBLIC: "" }, "DATABASE_URL_PUBLIC is needed too when DATABASE_URL and DATABASE_URL_MIGRATE are set"],
    [{ ...addresses, DATABASE_URL_MIGRATE: "" }, "DATABASE_URL_MIGRATE is needed too when DATABASE_URL and DATABASE_URL_PUBLIC are set"],
  ])("%o", (env, sentence) => {
    expect(refusal(env)).toBe(`The setting ${sentence}.`);
  });

  test("are taken together; of the addresses DATABASE_URL also alone", () => {
    expect(readSettings(admin)).toEqual({ ...defaults, ...admin });
    expect(readSettings(addresses)).toEqual({ ...defaults, ...addresses });
    expect(readSettings({ DATABASE_URL: addresses.DATABASE_URL })).toEqual({ ...defaults, DATABASE_URL: addresses.DATABASE_URL });
  });
});
