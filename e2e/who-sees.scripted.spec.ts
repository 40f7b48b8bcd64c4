import { readFileSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { connectionOptions } from "@/db/address";
import { recordContact } from "@/lib/contacts/write";
import { attachCopy, storeCopy } from "@/lib/copies/write";
import { announceDeadline } from "@/lib/deadlines/write";
import { recordEvent } from "@/lib/events/write";
import { act } from "@/lib/ledger/write";
import { openAbout } from "@/lib/review/read";
import { beginSession } from "@/lib/sign-in/write";
import { recordSnapshot } from "@/lib/snapshots/write";
import { submit } from "@/lib/snapshots/write/submit";
import type { Actor } from "@/lib/staff/rules";
import { makeToken } from "@/lib/tokens/write";
import { pdf } from "../tests/copies/documents";
import { accepted, addPeople, contact, deadline, event, figure, NOW, source } from "../tests/setup/record";
import { type Desk, openDesk } from "./desks";
import { expect, test } from "./fixtures";

// Every page and route of staff, for every role, about one's own country, another's, and all: what it answers, and
// whether it has a form to change anything with. A new one without its row here fails.

const PLACES = ["KG", "TJ", "ALL"] as const;
const PEOPLE: Record<string, Actor> = {
  recorder: { personId: "recorder", role: "recorder", countries: ["KG"] },
  reviewer: { personId: "reviewer", role: "reviewer", countries: ["KG"] },
  country_admin: { personId: "country-admin", role: "country_admin", countries: ["KG"] },
  central_admin: { personId: "central", role: "central_admin", countries: [] },
};
const ROLES = ["nobody", ...Object.keys(PEOPLE)];
const AUTHOR: Actor = { personId: "author", role: "central_admin", countries: [] };

/** For nobody, a recorder, a reviewer, a country admin and a central admin: about KG, which is theirs, TJ and ALL; `+` with a form. */
const MATRIX: Record<string, string> = {
  "account/page": "307 | 200+ | 200+ | 200+ | 200+",
  "account/second-factor/page": "307 | 200+ | 200+ | 200+ | 200+",
  "contacts/[id]/page": "307 307 307 | 200 200 200 | 200 200 200 | 200+ 200 200 | 200+ 200+ 200+",
  "contacts/new/page": "307 | 403 | 403 | 200+ | 200+",
  "contacts/page": "307 | 200 | 200 | 200 | 200",
  "deadlines/[id]/cancel/page": "307 307 307 | 200 200 200 | 200 200 200 | 200+ 200 200 | 200+ 200+ 200+",
  "deadlines/[id]/extend/page": "307 307 307 | 200 200 200 | 200 200 200 | 200+ 200 200 | 200+ 200+ 200+",
  "deadlines/[id]/page": "307 307 307 | 200 200 200 | 200 200 200 | 200+ 200 200 | 200+ 200+ 200+",
  "deadlines/[id]/withdraw/page": "307 307 307 | 200 200 200 | 200 200 200 | 200+ 200 200 | 200+ 200+ 200+",
  "deadlines/new/page": "307 | 403 | 403 | 200+ | 200+",
  "deadlines/page": "307 | 200 | 200 | 200 | 200",
  "events/[id]/page": "307 307 307 | 200 200 200 | 200 200 200 | 200+ 200 200 | 200+ 200+ 200+",
  "events/[id]/withdraw/page": "307 307 307 | 200 200 200 | 200 200 200 | 200+ 200 200 | 200+ 200+ 200+",
  "events/new/page": "307 | 403 | 403 | 200+ | 200+",
  "events/page": "307 | 200 | 200 | 200 | 200",
  "history/export/route": "401 | 200 | 200 | 200 | 200",
  "history/page": "307 | 200+ | 200+ | 200+ | 200+",
  "import/[id]/page": "307 307 307 | 404 404 404 | 200+ 404 404 | 200+ 404 404 | 200+ 200+ 200+",
  "import/[id]/progress/route": "403 403 403 | 404 404 404 | 200 404 404 | 200 404 404 | 200 200 200",
  "import/[id]/rows.csv/route": "403 403 403 | 404 404 404 | 200 404 404 | 200 404 404 | 200 200 200",
  "import/page": "307 | 200+ | 200+ | 200+ | 200+",
  "import/upload/route": "405 | 405 | 405 | 405 | 405",
  page: "307 | 200 | 200 | 200 | 200",
  "people/[id]/page": "307 307 307 | 403 403 403 | 403 403 403 | 200+ 404 404 | 200+ 200+ 200+",
  "people/new/page": "307 | 403 | 403 | 200+ | 200+",
  "people/page": "307 | 403 | 403 | 200 | 200",
  "provider/callback/route": "303 | 303 | 303 | 303 | 303",
  "provider/logout/route": "405 | 405 | 405 | 405 | 405",
  "provider/start/route": "405 | 405 | 405 | 405 | 405",
  "record/[id]/page": "307 307 307 | 200+ 200 200 | 200+ 200 200 | 200+ 200 200 | 200+ 200+ 200+",
  "record/page": "307 | 200+ | 200+ | 200+ | 200+",
  "review/[id]/page": "307 307 307 | 404 404 404 | 200+ 404 404 | 200+ 404 404 | 200+ 200+ 200+",
  "review/page": "307 | 200 | 200 | 200 | 200",
  "second-factor/code/route": "405 | 405 | 405 | 405 | 405",
  "second-factor/page": "307 | 307 | 307 | 307 | 307",
  "second-factor/passkey/route": "405 | 405 | 405 | 405 | 405",
  "set-up/page": "200 | 200 | 200 | 200 | 200",
  "sign-in/page": "200+ | 307 | 307 | 307 | 307",
  "sign-in/passkey/route": "405 | 405 | 405 | 405 | 405",
  "sign-in/password/route": "405 | 405 | 405 | 405 | 405",
  "sign-out/route": "405 | 405 | 405 | 405 | 405",
  "sources/[id]/copy/route": "307 307 307 | 200 200 200 | 200 200 200 | 200 200 200 | 200 200 200",
  "sources/[id]/page": "307 307 307 | 200 200 200 | 200 200 200 | 200+ 200 200 | 200+ 200+ 200+",
  "tokens/[id]/page": "307 307 307 | 403 403 403 | 403 403 403 | 200+ 404 404 | 200+ 200+ 200+",
  "tokens/new/page": "307 | 403 | 403 | 200+ | 200+",
  "tokens/page": "307 | 403 | 403 | 200 | 200",
};

type Things = Record<"figure" | "submission" | "source" | "deadline" | "event" | "contact" | "person" | "import" | "token", string>;
let desk: Desk | undefined;
const things: Record<string, Things> = {};
const cookies: Record<string, string> = {};

test.setTimeout(300_000);
test.beforeAll(async () => {
  desk = await openDesk("skip");
  const { db } = desk;
  await addPeople(db, AUTHOR, ...Object.values(PEOPLE));
  const sql = postgres({ ...connectionOptions(desk.database), max: 1 });
  for (const place of PLACES) {
    const of = source(`A briefing about ${place}`);
    const { statementId } = accepted(await act(db, (tx) => recordSnapshot(tx, AUTHOR, figure({ country: place, source: of }), NOW)));
    const [row] = await sql`select source_id from derived.snapshots where statement_id = ${statementId}`;
    const copy = accepted(await act(db, (tx) => storeCopy(tx, AUTHOR, pdf(`/Lang (${place}) `))));
    accepted(await act(db, (tx) => attachCopy(tx, AUTHOR, { sourceId: row?.source_id, replacesRevision: 1, reason: "x" }, copy)));
    const { confirm, ...content } = figure({ country: place, value: 7, source: of });
    const waiting = { statementId: `waits-${place}`, replacesRevision: 0 };
    const confirmed = { warnings: [], confirmation: null };
    accepted(await act(db, (tx) => submit(tx, AUTHOR, "record", waiting, [place], { ...content, confirmed })));
    const person: Actor =
      place === "ALL"
        ? { personId: "of-all", role: "central_admin", countries: [] }
        : { personId: `of-${place.toLowerCase()}`, role: "recorder", countries: [place] };
    await addPeople(db, person);
    const name = `00000000-0000-0000-0000-0000000000${PLACES.indexOf(place)}0`;
    await sql`
      insert into staff.imports (import_id, uploaded_by, file_name, file_hash, file_size, kind, encoding, delimiter, header_line, header,
        columns, state, counts, countries, rests_on, checked_at)
      values (${name}, 'author', 'x.csv', repeat('0', 64), 1, 'csv', 'utf-8', ',', 1, '{}', '{}', 'waiting',
        '{"new":1,"changes":0,"rivals":0,"warned":0,"same":0,"faulty":0}', ${[place]}, '', now())`;
    const year = new Date().getUTCFullYear() + 1;
    const chain = { chain: `stay-${place.toLowerCase()}`, countries: [place], falls_on: `${year}-06-30` };
    things[place] = {
      figure: statementId,
      submission: (await openAbout(db, waiting.statementId))?.submissionId ?? "",
      source: row?.source_id,
      deadline: accepted(await act(db, (tx) => announceDeadline(tx, AUTHOR, deadline(chain), NOW))),
      event: accepted(await act(db, (tx) => recordEvent(tx, AUTHOR, event({ countries: [place] }), NOW))),
      contact: accepted(await act(db, (tx) => recordContact(tx, AUTHOR, contact({ country: place }), NOW))),
      person: person.personId,
      import: name,
      token: accepted(await act(db, (tx) => makeToken(tx, AUTHOR, { name: "A", countries: [place], publishes: "", days: "30" }))).tokenId,
    };
  }
  await sql.end();
  for (const [role, { personId }] of Object.entries(PEOPLE))
    cookies[role] = `muhlat-session=${await beginSession(db, personId, { method: "password", secondFactor: "code", device: "x" })}`;
});
test.afterAll(() => desk?.close());

/** What a route has an example of in its address. */
const ABOUT: Record<string, keyof Things> = {
  contacts: "contact",
  deadlines: "deadline",
  events: "event",
  import: "import",
  people: "person",
  record: "figure",
  review: "submission",
  sources: "source",
  tokens: "token",
};

/** The answer in a word: its status, and a plus where it has a form of its own. */
async function answer(route: string, role: string, place: string): Promise<string> {
  const about = ABOUT[route.split("/")[2] ?? ""];
  const address = route.replace(/\/(?:page|route)$/, "").replace("[id]", (about && things[place]?.[about]) ?? "");
  const response = await fetch(`${desk?.origin}${address}`, {
    headers: role === "nobody" ? {} : { cookie: cookies[role] ?? "" },
    redirect: "manual",
  });
  const html = await response.text();
  return `${response.status}${/<main\b.*<form\b/s.test(html) ? "+" : ""}`;
}

test("every page and route of staff answers each role as it should", async () => {
  const manifest = JSON.parse(readFileSync(path.join(import.meta.dirname, "../.next/server/app-paths-manifest.json"), "utf8"));
  const routes = Object.keys(manifest)
    .filter((route) => route.startsWith("/staff"))
    .sort();
  const found: Record<string, string> = {};
  for (const route of routes) {
    const rows: string[] = [];
    for (const role of ROLES) {
      const answers: string[] = [];
      for (const place of route.includes("[id]") ? PLACES : ["KG"]) answers.push(await answer(route, role, place));
      rows.push(answers.join(" "));
    }
    found[route.replace(/^\/staff\/?/, "")] = rows.join(" | ");
  }
  expect(found).toEqual(MATRIX);
});
