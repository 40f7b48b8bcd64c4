import { execFileSync, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { connectionOptions } from "@/db/address";
import { openPool } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { measureCodes } from "@/lib/measures/rules";
import { QUALIFIERS } from "@/lib/snapshots/rules";
import { addPeople, CENTRAL } from "../../tests/setup/record";
import { type Contender, started } from "./contender";
import { CODES, type Statement } from "./load";

const VERSION = "12.4.0";
const NODE = "22.23.3";
/** Directus wants a newer Node than ours, which npm has as well. */
const NODE_PACKAGE = `node-${process.platform}-${process.arch}`;
/** Exactly these; the newer isolated-vm brings its program with it, where the one that is asked for is compiled for a Node that is not there. */
const PACKAGE = {
  private: true,
  dependencies: { directus: VERSION, [NODE_PACKAGE]: NODE },
  overrides: { "isolated-vm": "6.1.2" },
};
const FOLDER = path.join(tmpdir(), "muhlat-bench-directus", `${VERSION}-${NODE}`);
const TABLE = "statements";

/** Installs it outside of the project, once: it is kept for the next time. */
function install(): void {
  if (existsSync(FOLDER)) return;
  const half = `${FOLDER}.new`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  writeFileSync(path.join(half, "package.json"), JSON.stringify(PACKAGE));
  execFileSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: half, stdio: ["ignore", "ignore", "pipe"] });
  renameSync(half, FOLDER);
}

type Field = { field: string; type: string; schema: Record<string, unknown>; meta: Record<string, unknown> };

const field = (name: string, type: string, rule?: Record<string, unknown>, required = false): Field => ({
  field: name,
  type,
  schema: { is_nullable: !required },
  meta: { required, ...(rule && { validation: { [name]: rule } }) },
});

/** What a row of record.snapshots has, the source's words beside it in the same row; sizes and choices as rules of fields. */
const FIELDS: Field[] = [
  { field: "statement_id", type: "uuid", schema: { is_primary_key: true }, meta: { special: ["uuid"], readonly: true } },
  field("revision", "integer", { _gte: 1 }),
  field("state", "string", { _in: ["published", "withdrawn"] }, true),
  field("reason", "text"),
  { ...field("recorded_by", "uuid"), meta: { special: ["user-created"] } },
  { ...field("recorded_at", "timestamp"), meta: { special: ["date-created"] } },
  field("country", "string", { _in: CODES }, true),
  field("measure", "string", { _in: measureCodes }, true),
  field("period_start", "date"),
  field("as_of", "date", { _gte: "1992-01-01" }, true),
  field("value", "bigInteger", { _gte: 0 }),
  field("low", "bigInteger", { _gte: 0 }),
  field("high", "bigInteger", { _gte: 0 }),
  field("qualifier", "string", { _in: QUALIFIERS }),
  field("wording", "string"),
  field("missing_reason", "string"),
  { ...field("unchanged", "boolean"), schema: { default_value: false } },
  field("children_share", "float"),
  field("note", "text"),
  { ...field("rank", "string", { _in: ["preferred", "normal", "deprecated"] }), schema: { default_value: "normal" } },
  field("rank_reason", "text"),
  field("restates", "string"),
  { ...field("warnings", "json"), meta: { special: ["cast-json"] } },
  field("confirmation", "text"),
  field("source_title", "string", { _nempty: true }, true),
  field("source_published_on", "date"),
];

const worded = ({ source, confirm, ...said }: Statement) => ({
  ...said,
  revision: 1,
  state: "published",
  warnings: confirm,
  confirmation: "confirmed",
  source_title: source.title,
  source_published_on: source.published_on,
});

/** Makes the table, and a user who may add to it and see what was added. @returns what that user sends */
async function prepare(origin: string, email: string, password: string): Promise<string> {
  let token: string | undefined;
  const ask = async (address: string, body: unknown): Promise<{ id?: string; access_token?: string }> => {
    const answer = await fetch(`${origin}${address}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`Directus answered ${answer.status} to ${address}: ${text}`);
    return text ? JSON.parse(text).data : {};
  };
  token = (await ask("/auth/login", { email, password })).access_token;
  await ask("/collections", { collection: TABLE, schema: {}, meta: {}, fields: FIELDS });
  const policy = await ask("/policies", { name: "Programs", admin_access: false, app_access: false });
  for (const action of ["create", "read"]) await ask("/permissions", { policy: policy.id, collection: TABLE, action, fields: ["*"] });
  const secret = randomUUID();
  const user = { email: "program@example.com", token: secret, policies: { create: [{ policy: policy.id }], update: [], delete: [] } };
  await ask("/users", user);
  return secret;
}

/**
 * Carries what Directus writes into the tables of the record, in the same transaction: it can write none whose key is of
 * two columns itself. So their triggers keep the current rows, note for the ledger and tell who listens, as for everybody.
 */
const CARRY = `
  create function public.carry() returns trigger language plpgsql as $$
  declare
    source text := 's' || new.statement_id;
  begin
    insert into record.sources (statement_id, revision, state, recorded_by, published_by, recorded_at, title, published_on, published_from, published_to)
    values (source, 1, 'published', '${CENTRAL.personId}', '${CENTRAL.personId}', now(), new.source_title, new.source_published_on::text,
      new.source_published_on::timestamp at time zone 'Europe/Moscow', (new.source_published_on + 1)::timestamp at time zone 'Europe/Moscow');
    insert into record.snapshots (statement_id, revision, state, recorded_by, published_by, recorded_at, country, measure, as_of, as_of_from, as_of_to,
      value, qualifier, unchanged, rank, source_id, warnings, confirmation)
    values (new.statement_id::text, 1, 'published', '${CENTRAL.personId}', '${CENTRAL.personId}', now(), new.country, new.measure, new.as_of::text,
      new.as_of::timestamp at time zone 'Europe/Moscow', (new.as_of + 1)::timestamp at time zone 'Europe/Moscow',
      new.value, new.qualifier, false, 'normal', source, '{}', new.confirmation);
    return null;
  end $$;
  create trigger carry after insert on public.${TABLE} for each row execute function public.carry();
`;

async function carryIntoRecord(databaseUrl: string): Promise<void> {
  await migrateDatabase(databaseUrl);
  const staff = openPool(databaseUrl, undefined, 1);
  try {
    await addPeople(staff.db, CENTRAL);
    await staff.sql.unsafe(CARRY);
  } finally {
    await staff.close();
  }
}

/** Directus on a table of its own, as it comes: activity and revisions kept; without limits of requests, cache, mail and its own telemetry. */
export const startDirectus = (databaseUrl: string, port: number, folder: string): Promise<Contender> =>
  begin(databaseUrl, port, folder, `Directus ${VERSION}, a plain table`, TABLE, async () => {});

/** The same where what it writes comes into our tables. */
export const startDirectusOnRecord = (databaseUrl: string, port: number, folder: string): Promise<Contender> =>
  begin(databaseUrl, port, folder, `Directus ${VERSION}, our tables`, "record.snapshots", () => carryIntoRecord(databaseUrl));

async function begin(
  databaseUrl: string,
  port: number,
  folder: string,
  name: string,
  table: string,
  prepared: () => Promise<void>,
): Promise<Contender> {
  install();
  const { host, database, username } = connectionOptions(databaseUrl);
  const [email, password] = ["admin@example.com", randomUUID()];
  const origin = `http://127.0.0.1:${port}`;
  const env = {
    NODE_ENV: "production" as const,
    NODE_OPTIONS: "",
    HOST: "127.0.0.1",
    PORT: String(port),
    PUBLIC_URL: origin,
    DB_CLIENT: "pg",
    DB_HOST: String(host),
    DB_PORT: "5432",
    DB_DATABASE: String(database),
    DB_USER: String(username),
    DB_PASSWORD: "none",
    SECRET: randomUUID(),
    ADMIN_EMAIL: email,
    ADMIN_PASSWORD: password,
    LOG_LEVEL: "error",
    RATE_LIMITER_ENABLED: "false",
    CACHE_ENABLED: "false",
    TELEMETRY: "false",
    STORAGE_LOCAL_ROOT: path.join(folder, `directus-${port}`),
  };
  const command = [path.join(FOLDER, `node_modules/${NODE_PACKAGE}/bin/node`), path.join(FOLDER, "node_modules/directus/cli.js")];
  mkdirSync(env.STORAGE_LOCAL_ROOT);
  const made = spawnSync(command[0] ?? "", [command[1] ?? "", "bootstrap"], {
    cwd: folder,
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  if (made.status !== 0) throw new Error(`Directus could not set up its database: ${made.stdout}${made.stderr}`);
  const running = await started([...command, "start"], folder, env, `${origin}/server/ping`);
  try {
    const token = await prepare(origin, email, password);
    await prepared();
    const door = { url: `${origin}/items/${TABLE}`, headers: { authorization: `Bearer ${token}` }, worded };
    return { name, door, table, ...running };
  } catch (error) {
    await running.stop();
    throw error;
  }
}
