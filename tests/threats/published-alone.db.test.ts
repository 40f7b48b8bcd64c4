/**
 * Threat: somebody makes a figure public alone who may not.
 *
 * The rule itself is tried in published-alone.test.ts. Seen to fail without its control: with "others" taken for everybody's, the reviewer's own became public.
 */
import { expect, test } from "vitest";
import { recordSnapshot } from "@/lib/snapshots/write";
import { accepted, COUNTRY_ADMIN, figure, NOW, REVIEWER, SECOND_REVIEWER, source } from "../setup/record";
import { newStatement, nothing, publish, revisions, run, sendBack, withReviewers } from "../setup/review";

withReviewers();

test("a reviewer's own waits for another one; a country admin publishes alone", async () => {
  const own = await newStatement(REVIEWER);
  await nothing(() => publish(own.seen, REVIEWER), { code: "forbidden" });
  await nothing(() => sendBack(own.seen, "x", REVIEWER), { code: "forbidden" });
  accepted(await publish(own.seen, SECOND_REVIEWER));
  const another = await newStatement();
  accepted(await publish(another.seen, COUNTRY_ADMIN));
  const alone = accepted(await run((tx) => recordSnapshot(tx, COUNTRY_ADMIN, figure({ source: source("Alone") }), NOW)));
  expect(await revisions(alone.statementId)).toMatchObject([{ recorded_by: "country-admin", published_by: "country-admin" }]);
});
