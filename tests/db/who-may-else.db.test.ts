import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { attachCopy, showCopy, storeCopy } from "@/lib/copies/write";
import { abandonImport, publishImport, returnImport, sendImport, withdrawImport } from "@/lib/imports/write";
import { act } from "@/lib/ledger/write";
import type { Outcome } from "@/lib/outcome";
import { openAbout } from "@/lib/review/read";
import { mendSubmission, takeBackSubmission } from "@/lib/review/write";
import { recordBriefing } from "@/lib/snapshots/write/briefing";
import { submit } from "@/lib/snapshots/write/submit";
import { type Actor } from "@/lib/staff/rules";
import { ensureSystem } from "@/lib/staff/write";
import {
  changePerson,
  deactivatePerson,
  invitePerson,
  reactivatePerson,
  resetFactor,
  resetPerson,
  signOutPerson,
} from "@/lib/staff/write/people";
import { endToken, makeToken } from "@/lib/tokens/write";
import { DESK_VERBS, type DeskVerb, EXPECTED_ROLES, mayAtDesk } from "../setup/expected-rights";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { ACTORS, accepted, addPeople, CENTRAL, COUNTRY_ADMIN, figure, NOW, RECORDER, REVIEWER, recorded, source } from "../setup/record";

// The matrix of who-may.db.test.ts for everything that changes the desk and not, or not alone, the record.

const OWN = "KG";
const PLACES = [OWN, "TJ", "ALL"];
const ELSEWHERE: Actor = { personId: "elsewhere", role: "central_admin", countries: [] };
const IMPORT_STATES = ["checked", "waiting", "committed"] as const;

let database: FreshDatabase;
const sources = new Map<string, string>();
const submitted = new Map<string, string>();
const tokens = new Map<string, string>();

beforeAll(async () => {
  database = await freshDatabase();
  await addPeople(database.staff, RECORDER, REVIEWER, COUNTRY_ADMIN, CENTRAL, ELSEWHERE);
  await ensureSystem(database.staff);
  for (const place of PLACES) {
    const about = place === "ALL" ? { role: "central_admin" as const, countries: [] } : { role: "recorder" as const, countries: [place] };
    await addPeople(database.staff, { personId: `of-${place.toLowerCase()}`, ...about });
    const statementId = await recorded(database.staff, { country: place, source: source(`A briefing about ${place}`) });
    const [row] = await database.owner`select source_id from derived.snapshots where statement_id = ${statementId}`;
    sources.set(place, row?.source_id);
    const { confirm, ...content } = figure({ country: place, source: source("Submitted") });
    const of = { statementId: `submitted-${place}`, replacesRevision: 0 };
    const confirmed = { warnings: [], confirmation: null };
    accepted(await act(database.staff, (tx) => submit(tx, ELSEWHERE, "record", of, [place], { ...content, confirmed })));
    submitted.set(place, (await openAbout(database.staff, of.statementId))?.submissionId ?? "");
    const asked = { name: "A program", countries: [place], publishes: "no", days: "30" };
    tokens.set(place, accepted(await act(database.staff, (tx) => makeToken(tx, ELSEWHERE, asked))).tokenId);
    for (const personId of new Set([...Object.values(ACTORS), ELSEWHERE].map((one) => one.personId)))
      for (const state of IMPORT_STATES)
        await database.owner`
          insert into staff.imports (import_id, uploaded_by, file_name, file_hash, file_size, kind, encoding, delimiter, header_line, header,
            columns, state, counts, countries, rests_on, checked_at, committed_at)
          values (${`${personId} ${state} ${place}`}, ${personId}, 'x.csv', repeat('0', 64), 1, 'csv', 'utf-8', ',', 1, '{}', '{}', ${state},
            '{"new":0,"changes":0,"rivals":0,"warned":0,"same":0,"faulty":0}', ${[place]}, '', now(), ${state === "committed" ? NOW : null})`;
  }
});
afterAll(() => database.close());

function run(tx: Database, verb: DeskVerb, actor: Actor, place: string): Promise<Outcome<unknown>> {
  const of = { sourceId: sources.get(place) ?? "", replacesRevision: 1, reason: "A reason" };
  const person = { personId: `of-${place.toLowerCase()}`, seen: 0 };
  const access = place === "ALL" ? { role: "central_admin", countries: [] } : { role: "recorder", countries: [place] };
  const submission = { submissionId: submitted.get(place) ?? "", version: 1 };
  const file = (whose: Actor, state: (typeof IMPORT_STATES)[number]) => ({ importId: `${whose.personId} ${state} ${place}`, version: 1 });
  switch (verb) {
    case "storeCopy":
      return storeCopy(tx, actor, new Uint8Array([1]));
    case "attachCopy":
      return attachCopy(tx, actor, of, undefined);
    case "showCopy":
      return showCopy(tx, actor, of, true);
    case "invitePerson":
      return invitePerson(tx, actor, { name: "New", email: "new@example.org", language: "ru", ...access });
    case "changePerson":
      return changePerson(tx, actor, person, { name: "Changed", ...access });
    case "deactivatePerson":
      return deactivatePerson(tx, actor, person);
    case "reactivatePerson":
      return reactivatePerson(tx, actor, person);
    case "resetPerson":
      return resetPerson(tx, actor, person);
    case "signOutPerson":
      return signOutPerson(tx, actor, person);
    case "resetFactor":
      return resetFactor(tx, actor, person);
    case "makeToken":
      return makeToken(tx, actor, { name: "Another", countries: [place], publishes: "no", days: "30" });
    case "endToken":
      return endToken(tx, actor, tokens.get(place) ?? "");
    case "recordBriefing":
      return recordBriefing(tx, actor, { source: source("Briefed"), figures: [figure({ country: place, source: undefined })] }, NOW);
    case "takeBackSubmission":
      return takeBackSubmission(tx, actor, submission);
    case "mendSubmission":
      return mendSubmission(tx, actor, submission, figure({ country: place }), "A reason", NOW);
    case "sendImport":
      return sendImport(tx, actor, file(actor, "checked"), {}, NOW);
    case "publishImport":
      return publishImport(tx, actor, file(ELSEWHERE, "waiting"), NOW);
    case "returnImport":
      return returnImport(tx, actor, file(ELSEWHERE, "waiting"), "A reason", NOW);
    case "abandonImport":
      return abandonImport(tx, actor, file(ELSEWHERE, "checked"), NOW);
    case "withdrawImport":
      return withdrawImport(tx, actor, file(ELSEWHERE, "committed"), "A reason", NOW);
  }
}

const undone = new Error("undone");

/** Whether a verb is refused for want of rights, whatever else it says; undone. */
async function isForbidden(verb: DeskVerb, actor: Actor, place: string): Promise<boolean> {
  let outcome: Outcome<unknown> | undefined;
  await database.staff
    .transaction(async (tx) => {
      outcome = await run(tx, verb, actor, place);
      throw undone;
    })
    .catch((error) => {
      if (error !== undone) throw error;
    });
  if (outcome === undefined) throw new Error("nothing came of it");
  if (outcome.ok) return false;
  // A briefing says it of each figure, and a token of its countries.
  const { failure } = outcome;
  return (
    failure.code === "forbidden" ||
    (failure.code === "invalid" && [failure.fields["figures.0.country"], failure.fields.countries].includes("not_your_country"))
  );
}

describe.each(EXPECTED_ROLES)("%s", (role) => {
  test.each(DESK_VERBS.flatMap((verb) => PLACES.map((place) => [verb, place] as const)))("%s about %s", async (verb, place) => {
    expect(await isForbidden(verb, ACTORS[role], place)).toBe(!mayAtDesk(role, verb, place === OWN));
  });
});
