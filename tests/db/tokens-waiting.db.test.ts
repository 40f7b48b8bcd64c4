import { describe, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { historyOf } from "@/lib/history/read";
import { openAbout, ownOpen, waitingFor } from "@/lib/review/read";
import { mendSubmission, publishSubmission, returnSubmission, takeBackSubmission } from "@/lib/review/write";
import { tokensNow } from "@/lib/tokens/read";
import { entered, madeToken, send } from "../api/sending";
import { accepted, CENTRAL, figure, NOW, REVIEWER } from "../setup/record";
import { ADMIN, another, database, run, withMakers } from "../setup/tokens";

withMakers();

describe("what a token sent and what waits", () => {
  const waiting = async () => {
    const { tokenId, token } = await madeToken(database.staff, ADMIN, { name: "Moscow" });
    const sent = another({ value: 4321 });
    const { statement_id } = await entered(await send(sent, { token }));
    const open = await openAbout(database.staff, statement_id);
    return { tokenId, statementId: statement_id, sent, seen: { submissionId: open?.submissionId ?? "", version: 1 } };
  };

  test("is on the desk of who reviews, and is published by them in the maker's name with the token's", async () => {
    const { tokenId, statementId, seen } = await waiting();
    const found = (await waitingFor(database.staff, REVIEWER)).find(({ submissionId }) => submissionId === seen.submissionId);
    expect(found).toMatchObject({ submittedBy: "country-admin", tokenId });
    accepted(await run((tx) => publishSubmission(tx, REVIEWER, seen, NOW)));
    const history = await database.owner`
      select person_id, published_by, token_id, feature, verb from staff.history where object_id in (${statementId}, ${seen.submissionId}) order by at`;
    expect([...history]).toEqual([
      { person_id: "country-admin", published_by: "country-admin", token_id: tokenId, feature: "submissions", verb: "submit" },
      { person_id: "country-admin", published_by: "reviewer", token_id: tokenId, feature: "snapshots", verb: "record" },
      { person_id: "reviewer", published_by: "reviewer", token_id: null, feature: "submissions", verb: "publish" },
    ]);
    const told = await historyOf(database.staff, CENTRAL, { person: "country-admin", feature: "snapshots" }, undefined, 100);
    expect(told.find(({ objectId }) => objectId === statementId)).toMatchObject({ tokenId });
  });

  test("is sent back to who answers for it, who can mend it or take it back, and the token can do neither", async () => {
    const { tokenId, statementId, sent, seen } = await waiting();
    const token = (await tokensNow(database.staff, [tokenId])).get(tokenId)?.actor;
    if (!token) throw new Error("the token is gone");
    accepted(await run((tx) => returnSubmission(tx, REVIEWER, seen, "Which day?")));
    const now = { ...seen, version: 2 };
    expect((await ownOpen(database.staff, "country-admin")).map(({ submissionId }) => submissionId)).toContain(seen.submissionId);
    const mended = figure({ ...sent, confirm: { warnings: ["already_there"], word: "Mended" }, value: 4322 });
    for (const work of [
      (tx: Database) => mendSubmission(tx, token, now, mended, "", NOW),
      (tx: Database) => takeBackSubmission(tx, token, now),
      (tx: Database) => publishSubmission(tx, token, now, NOW),
      (tx: Database) => returnSubmission(tx, token, now, "x"),
    ])
      expect(await run<unknown>(work)).toMatchObject({ failure: { code: "forbidden" } });
    accepted(await run((tx) => mendSubmission(tx, ADMIN, now, mended, "", NOW)));
    accepted(await run((tx) => publishSubmission(tx, REVIEWER, { ...seen, version: 3 }, NOW)));
    const [row] = await database.owner`select value::int, token_id from record.snapshots where statement_id = ${statementId}`;
    expect(row).toEqual({ value: 4322, token_id: tokenId });
  });
});
