import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { act } from "@/lib/ledger/write";
import { done } from "@/lib/outcome";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

/** An act that goes on until it is let go. */
function held() {
  let letGo = () => {};
  const until = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const ended = act(database.staff, async () => {
    await until;
    return done("held");
  });
  return { ended, letGo };
}

test("acts that wait for their turn keep nobody from a connection, and come to it in their order", async () => {
  const { ended, letGo } = held();
  await sleep(50);
  const order: number[] = [];
  // The pool has four connections.
  const waiting = Array.from({ length: 20 }, (_, number) =>
    act(database.staff, async () => {
      order.push(number);
      return done(number);
    }),
  );
  await sleep(50);
  const asked = await Promise.race([database.staff.execute(sql`select 1 as one`), sleep(3000, "no answer")]);
  expect(asked).toEqual([{ one: 1 }]);
  expect(order).toEqual([]);
  letGo();
  expect(await ended).toEqual(done("held"));
  expect(await Promise.all(waiting)).toEqual(order.map((number) => done(number)));
  expect(order).toEqual(Array.from({ length: 20 }, (_, number) => number));
});

test("one that failed leaves the next its turn", async () => {
  const broken = act(database.staff, async () => {
    throw new Error("broken off");
  });
  const next = act(database.staff, async () => done("next"));
  await expect(broken).rejects.toThrow("broken off");
  expect(await next).toEqual(done("next"));
});

test("one whose connection never answers keeps the others for some seconds and no longer", { timeout: 30_000 }, async () => {
  const never = act({ ...database.staff, transaction: () => new Promise(() => {}) } as unknown as typeof database.staff, async () =>
    done(0),
  );
  const began = performance.now();
  expect(await act(database.staff, async () => done("after"))).toEqual(done("after"));
  expect(performance.now() - began).toBeGreaterThan(4000);
  expect(await act(database.staff, async () => done("again"))).toEqual(done("again"));
  expect(performance.now() - began).toBeLessThan(15_000);
  void never;
});
