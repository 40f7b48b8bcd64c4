import { writeSync } from "node:fs";
import postgres from "postgres";
import { GET } from "@/app/api/v1/[[...path]]/route";
import { connectionOptions } from "@/db/address";
import { isLostWrite } from "@/db/client";

// Run as a process of its own, as the server is one: asks the API while the connections of its transactions are cut, and
// says each answer's status on standard output.

process.on("uncaughtException", (error) => {
  if (!isLostWrite(error)) throw error;
});
const say = (status: number) => writeSync(1, `${status}\n`);
const owner = postgres({ ...connectionOptions(process.env.DATABASE_URL ?? ""), max: 2, onnotice: () => {} });
const ask = async () =>
  (await GET(new Request("http://127.0.0.1:3000/api/v1/countries"), { params: Promise.resolve({ path: ["countries"] }) })).status;
const cut = () => owner`
  select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and application_name = 'muhlat muhlat_reader' and wait_event_type = 'Lock'`;

say(await ask());
for (let times = 0; times < 5; times += 1) {
  await owner.begin(async (sql) => {
    await sql`lock table record.countries in access exclusive mode`;
    const waiting = ask();
    while ((await cut()).length === 0);
    say(await waiting);
  });
  say(await ask());
}
process.exit(0);
