/**
 * Threat: what a program wrote is sent again, or twice at the same moment, by a bad line or by somebody who listened.
 *
 * Seen to fail without its control: with no look-up of the key, 4 of 10 (a second entry is stopped by the key's own row, with another answer).
 */
import { beforeAll, describe, expect, test } from "vitest";
import { entered, madeToken, refusedAs, send } from "../api/sending";
import { CENTRAL, rowCounts } from "../setup/record";
import { ADMIN, another, database, withMakers } from "../setup/tokens";

withMakers();
let waits: { tokenId: string; token: string };
let publishes: { tokenId: string; token: string };
beforeAll(async () => {
  waits = await madeToken(database.staff, ADMIN);
  publishes = await madeToken(database.staff, CENTRAL, { countries: ["KG", "ALL"], publishes: "✓" });
});

/** What is sent is refused so, and leaves every table as it was. */
async function leavesNothing(sending: Promise<Response>, status: number, code: string) {
  const before = await rowCounts(database.staff);
  await refusedAs(await sending, status, code);
  expect(await rowCounts(database.staff)).toEqual(before);
}

describe("one key", () => {
  test("sent twenty times at once gives one entry, and the same answer twenty times", async () => {
    const sent = another();
    const before = await rowCounts(database.staff);
    const responses = await Promise.all(Array.from({ length: 20 }, () => send(sent, { ...publishes, key: "moscow:2025-10-01T06:00" })));
    expect(responses.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 19 }, () => 200), 201]);
    const texts = new Set(await Promise.all(responses.map((response) => response.text())));
    expect(texts.size).toBe(1);
    const after = await rowCounts(database.staff);
    expect(after).toMatchObject({
      "record.snapshots": (before["record.snapshots"] ?? 0) + 1,
      "record.sources": (before["record.sources"] ?? 0) + 1,
      "staff.sends": (before["staff.sends"] ?? 0) + 1,
    });
  });

  test("is the same in quotes, whatever the order and the spaces of the body", async () => {
    const sent = another();
    const first = await entered(await send(sent, { ...publishes, key: "a-key-in-quotes" }));
    const reversed = Object.fromEntries(Object.entries(sent).reverse());
    const spaced = Buffer.from(JSON.stringify({ ...reversed, note: null }, null, 2));
    const again = await entered(await send(new Uint8Array(spaced), { ...publishes, key: '"a-key-in-quotes"' }), 200);
    expect(again.text).toBe(first.text);
  });

  test("with another body is refused, and that of another token is another key", async () => {
    const sent = another();
    await entered(await send(sent, { ...publishes, key: "a-key-for-one" }));
    await leavesNothing(send({ ...sent, value: 7 }, { ...publishes, key: "a-key-for-one" }), 422, "key_reused");
    await entered(await send(another(), { ...waits, key: "a-key-for-one" }));
  });

  test.each(["", "short", "x".repeat(129), "with a space", "é-ééééééé", "a/slash/in/it"])("that is %j is none", async (key) => {
    const headers = key.includes("é") ? { "idempotency-key": Buffer.from(key).toString("latin1") } : undefined;
    await leavesNothing(send(another(), { ...publishes, key, ...(headers && { headers }) }), 400, "key");
  });

  test("is not used up by a refusal: mended, or confirmed, the statement is sent with it", async () => {
    const sent = another();
    const key = "a-key-to-mend";
    await leavesNothing(send({ ...sent, value: -1 }, { ...publishes, key }), 422, "fields");
    await leavesNothing(send({ ...sent, as_of: "2999" }, { ...publishes, key }), 422, "fields");
    await leavesNothing(send({ ...sent, children_share: 1 }, { ...publishes, key }), 422, "warned");
    const first = await entered(await send(sent, { ...publishes, key }));
    expect((await entered(await send(sent, { ...publishes, key }), 200)).text).toBe(first.text);
  });
});
