import { createHash, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import postgres from "postgres";
import { z } from "zod";
import { connectionOptions } from "@/db/address";
import { ROLE } from "@/db/roles";
import { momentOf } from "@/lib/moments/rules";
import { CONFIRMED_BY_PROGRAM, readSnapshot } from "@/lib/snapshots/input";

// What somebody would write by hand who needs this one door: SQL and the schema, and nothing else of the product.
// It writes the same rows, so the same triggers keep the same current rows; it looks at no history and warns of nothing.

const sql = postgres({
  ...connectionOptions(process.env.DATABASE_URL ?? ""),
  max: 10,
  connection: { role: ROLE.staff, application_name: "bare", TimeZone: "UTC" },
  onnotice: () => {},
});
const keyInput = z.string().regex(/^[A-Za-z0-9._:-]{8,128}$/);
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const newId = () => randomBytes(10).toString("hex");

type Told = { status: number; body: unknown };

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  request.setEncoding("utf8");
  for await (const chunk of request) text += chunk;
  return text;
}

async function enter(request: IncomingMessage): Promise<Told> {
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  const [holder] = await sql<{ token_id: string; made_by: string; countries: string[] }[]>`
    select token_id, made_by, t.countries from staff.tokens t join staff.people p on p.person_id = t.made_by
    where token_hash = ${sha256(token)} and publishes and ended_at is null and expires_at > now() and p.active`;
  if (!holder) return { status: 401, body: { error: "token" } };
  const key = keyInput.safeParse(request.headers["idempotency-key"]);
  if (!key.success) return { status: 400, body: { error: "key" } };
  const text = await textOf(request);
  const { confirm, ...sent } = JSON.parse(text);
  const parsed = readSnapshot({ ...sent, answer: "figure" }, new Date());
  if (!parsed.success) return { status: 422, body: parsed.error.issues };
  const said = parsed.data;
  if (!holder.countries.includes(said.country)) return { status: 403, body: { error: "country" } };
  const kept = `${holder.token_id}/${key.data}`;
  const hash = sha256(text);
  return sql.begin(async (tx): Promise<Told> => {
    const [before] = await tx<{ body_hash: string; answer: unknown }[]>`
      select body_hash, answer from staff.sends where person_id = ${holder.made_by} and key = ${kept}`;
    if (before) return before.body_hash === hash ? { status: 200, body: before.answer } : { status: 409, body: { error: "key" } };
    const [sourceId, statementId] = [newId(), newId()];
    const published = momentOf(said.source.published_on ?? "");
    const asOf = momentOf(said.as_of);
    const both = {
      revision: 1,
      state: "published",
      recorded_by: holder.made_by,
      published_by: holder.made_by,
      recorded_at: new Date(),
      token_id: holder.token_id,
    };
    const source = {
      ...both,
      statement_id: sourceId,
      title: said.source.title,
      published_on: published.text,
      published_from: published.from,
      published_to: published.to,
    };
    await tx`insert into record.sources ${tx(source)}`;
    const snapshot = {
      ...both,
      statement_id: statementId,
      country: said.country,
      measure: said.measure,
      as_of: asOf.text,
      as_of_from: asOf.from,
      as_of_to: asOf.to,
      value: said.value ?? null,
      qualifier: said.qualifier ?? null,
      warnings: confirm,
      confirmation: CONFIRMED_BY_PROGRAM,
      source_id: sourceId,
    };
    await tx`insert into record.snapshots ${tx(snapshot)}`;
    const data = { ...said, id: statementId, revision: 1, state: "published" };
    await tx`insert into staff.sends ${tx({ person_id: holder.made_by, key: kept, body_hash: hash, answer: tx.json({ data }) as never })}`;
    return { status: 201, body: { data } };
  });
}

createServer((request, response) => {
  enter(request)
    .catch((error: Error) => ({ status: 500, body: { error: error.message } }))
    .then(({ status, body }) => response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body)));
}).listen(Number(process.env.PORT), "127.0.0.1");
