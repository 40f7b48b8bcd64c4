import { z } from "zod";

const port = z
  .string()
  .regex(/^\d{1,5}$/, "must be a port number from 1 to 65535")
  .transform(Number)
  .refine((n) => n >= 1 && n <= 65535, "must be a port number from 1 to 65535");

const postgresAddress = z
  .string()
  .regex(/^postgres(ql)?:\/\//, "must be an address that begins with postgres://")
  .refine((url) => URL.canParse(url), "is not an address PostgreSQL would understand");

const ownAddress = z
  .string()
  .regex(/^(?:[\w.-]+|\[[\da-f:]+\]):\d{1,5}$/i, "must be a host and a port, such as 127.0.0.1:9464")
  .transform((text) => {
    const at = text.lastIndexOf(":");
    return { host: text.slice(0, at).replace(/^\[|\]$/g, ""), port: Number(text.slice(at + 1)) };
  })
  .refine(({ port }) => port >= 1 && port <= 65535, "must end with a port number from 1 to 65535");

const webOrigin = z
  .string()
  .refine((url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol), "must begin with https:// or http://")
  .transform((url) => new URL(url).origin);

/** What only staff's side of the product may know. */
const NOT_FOR_PUBLIC = [
  "DATABASE_URL",
  "DATABASE_URL_MIGRATE",
  "AUTH_SECRET",
  "MUHLAT_ADMIN_EMAIL",
  "MUHLAT_ADMIN_PASSWORD",
  "OIDC_CLIENT_SECRET",
  "LEDGER_KEY",
  "LEDGER_KEY_BEFORE",
] as const;
/** PKCS #8 around 32 bytes: 48 bytes, of which the first 16 are the same for every Ed25519 key. */
const LEDGER_KEY = "MC4CAQAwBQYDK2VwBCIEI[A-P][A-Za-z0-9+/]{42}";
const ledgerKey = (pattern: string, sentence: string) => z.string().regex(new RegExp(`^(?:${pattern})$`), sentence);

const environment = z
  .object({
    PORT: port.default(3000),
    HOST: z.string().min(1, "must not be empty").default("127.0.0.1"),
    PUBLIC_URL: webOrigin.optional(),
    DATABASE_URL: postgresAddress.optional(),
    DATABASE_URL_MIGRATE: postgresAddress.optional(),
    DATABASE_URL_PUBLIC: postgresAddress.optional(),
    DATABASE_URL_REPLICA: postgresAddress.optional(),
    MUHLAT_DATA_DIR: z.string().min(1, "must not be empty").default(".data"),
    AUTH_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
    LEDGER_KEY: ledgerKey(LEDGER_KEY, "must be a private Ed25519 key, PKCS #8 (DER) in base64 on one line").optional(),
    LEDGER_KEY_BEFORE: ledgerKey(`lost|${LEDGER_KEY}`, "must be the private key used before, or lost").optional(),
    MUHLAT_ADMIN_EMAIL: z.email("must be an e-mail address").optional(),
    MUHLAT_ADMIN_PASSWORD: z.string().min(12, "must have at least 12 characters").optional(),
    OIDC_ISSUER: z
      .string()
      .refine(
        (url) => URL.canParse(url) && (/^https:/.test(url) || /^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(url)),
        "must begin with https://",
      )
      .optional(),
    OIDC_CLIENT_ID: z.string().min(1).optional(),
    OIDC_CLIENT_SECRET: z.string().min(1).optional(),
    OIDC_NAME: z.string().max(60, "must have at most 60 characters").optional(),
    OIDC_SECOND_FACTOR: z
      .string()
      .default("")
      .transform((list) => list.split(/[\s,]+/).filter(Boolean)),
    CONTACT_EMAIL: z.email("must be an e-mail address").optional(),
    MUHLAT_STARTER_RECORD: z.enum(["load", "skip"], "must be load or skip").default("load"),
    TRUST_PROXY: z
      .string()
      .regex(/^[0-9]$/, "must be the number of proxies before this server, 0 to 9")
      .default("0")
      .transform(Number),
    DRAIN_SECONDS: z
      .string()
      .regex(/^(?:[0-9]|[1-5][0-9]|60)$/, "must be a number of seconds, 0 to 60")
      .default("0")
      .transform(Number),
    MUHLAT_FACE: z.enum(["all", "public", "staff"], "must be all, public or staff").default("all"),
    LOG: z.enum(["words", "json"], "must be words or json").default("words"),
    METRICS: ownAddress.optional(),
    MUHLAT_OFFLINE_COPY: z.enum(["keep", "off"], "must be keep or off").default("keep"),
  })
  .superRefine((env, ctx) => {
    const together = (names: (keyof typeof env)[]) => {
      const set = names.filter((name) => env[name] !== undefined);
      if (set.length === 0 || set.length === names.length) return;
      for (const name of names.filter((n) => !set.includes(n)))
        ctx.addIssue({
          code: "custom",
          path: [name],
          message: `is needed too when ${set.join(" and ")} ${set.length > 1 ? "are" : "is"} set`,
        });
    };
    together(["MUHLAT_ADMIN_EMAIL", "MUHLAT_ADMIN_PASSWORD"]);
    if (env.DATABASE_URL_REPLICA && !env.DATABASE_URL_PUBLIC && !env.DATABASE_URL)
      ctx.addIssue({ code: "custom", path: ["DATABASE_URL"], message: "is needed too when DATABASE_URL_REPLICA is set" });
    if (env.MUHLAT_FACE === "public") {
      const needless = NOT_FOR_PUBLIC.filter((name) => env[name] !== undefined);
      for (const name of needless)
        ctx.addIssue({
          code: "custom",
          path: [name],
          message: "must not be set where MUHLAT_FACE is public: that process is to know no secret",
        });
      if (!env.DATABASE_URL_PUBLIC)
        ctx.addIssue({ code: "custom", path: ["DATABASE_URL_PUBLIC"], message: "is needed where MUHLAT_FACE is public" });
      return;
    }
    together(["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"]);
    if (env.DATABASE_URL_MIGRATE || env.DATABASE_URL_PUBLIC) together(["DATABASE_URL", "DATABASE_URL_MIGRATE", "DATABASE_URL_PUBLIC"]);
  });

/** Every setting Muhlat reads from its environment, checked and with defaults filled in. */
export type Settings = z.infer<typeof environment>;

/** A setting that cannot be used; the message names it and says what it must be. */
export class SettingsError extends Error {}

/**
 * Reads and checks the settings.
 *
 * An empty variable counts as unset, as most process managers write it.
 * @throws SettingsError naming the first setting that is wrong and why.
 */
export function readSettings(env: Record<string, string | undefined> = process.env): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const result = environment.safeParse(given);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new SettingsError(`The setting ${String(issue?.path[0])} ${issue?.message}.`);
}

/** The address under which browsers find this server. */
export function originOf(settings: Settings): string {
  const host =
    settings.HOST === "0.0.0.0" || settings.HOST === "::"
      ? "localhost"
      : settings.HOST.includes(":")
        ? `[${settings.HOST}]`
        : settings.HOST;
  return settings.PUBLIC_URL ?? `http://${host}:${settings.PORT}`;
}
