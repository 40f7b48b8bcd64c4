/**
 * Threat: somebody makes the machine hash passwords until it does nothing else.
 *
 * Seen to fail without its control: with a door wide open, 81 passwords were being hashed at the same moment (1.5 GiB);
 * without an end to its queue all 300 were hashed, one after the other, and whoever came next waited for all of them.
 */
import { expect, test, vi } from "vitest";
import { Busy, Door, hashingDoor } from "@/lib/sign-in/hashing";
import { checkPassword } from "@/lib/sign-in/write";
import { database, tryFrom, withDoor } from "../setup/sign-in";

/** How many passwords are being hashed at this moment, and how many were at most; the hashing itself is the real one. */
const hashing = vi.hoisted(() => ({ now: 0, most: 0, times: 0 }));
vi.mock("@node-rs/argon2", async (original) => {
  const real = await original<typeof import("@node-rs/argon2")>();
  const verify: typeof real.verify = async (...given) => {
    hashing.now += 1;
    hashing.times += 1;
    hashing.most = Math.max(hashing.most, hashing.now);
    return real.verify(...given).finally(() => {
      hashing.now -= 1;
    });
  };
  return { ...real, verify };
});

withDoor();

test("of 300 tries at once from as many networks two are hashed at a time, 18 in all, and the others are told to come again", async () => {
  const tries = Array.from({ length: 300 }, (_, n) => tryFrom(`10.0.${n >> 8}.${n & 255}`, `made-up-${n}@example.org`, "wrong"));
  const answers = await Promise.all(tries);
  expect(hashing.most).toBe(2);
  expect(hashing.times).toBe(18);
  expect(answers.filter((answer) => "refused" in answer && answer.refused === "busy")).toHaveLength(282);
  // Whoever was not let through was not counted either: made-up accounts fill no more rows than can be hashed.
  const [rows] = await database.owner`select count(*)::int as count from staff.tries`;
  expect(rows?.count).toBe(18 * 3);
  expect(await tryFrom("10.9.9.9", "central@example.org")).toEqual({ personId: "central" });
});

test("the door of a process is one, and lets two in", () => {
  expect([hashingDoor.most, hashingDoor.queue]).toEqual([2, 16]);
});

test("a door lets in as many as it says, in their order, whoever fails inside; the invited may wait beyond the queue's end", async () => {
  const door = new Door(1, 1);
  const done: string[] = [];
  let leave = () => {};
  const inside = door.through(
    () =>
      new Promise<void>((_, reject) => {
        leave = () => reject(new Error("failed inside"));
      }),
  );
  const waits = door.through(async () => done.push("waits"));
  await expect(door.through(async () => done.push("refused"))).rejects.toThrow(Busy);
  const invited = door.through(async () => done.push("invited"), true);
  expect(done).toEqual([]);
  leave();
  await expect(inside).rejects.toThrow("failed inside");
  await Promise.all([waits, invited]);
  expect(done).toEqual(["waits", "invited"]);
  await door.through(async () => done.push("after"));
  expect(done).toEqual(["waits", "invited", "after"]);
});

test("that too many wait is understood whichever copy of the module says so: a built server has several", async () => {
  const foreign = new Door(2, 16);
  foreign.through = () => Promise.reject(Object.assign(new Error("too many at the door"), { name: "Busy" }));
  const sent = { email: "central@example.org", password: "x", address: "192.0.2.1" };
  expect(await checkPassword(database.staff, sent, foreign)).toEqual({ refused: "busy" });
  expect(new Busy("x").name).toBe("Busy");
});

test("one network takes only part of the queue: others are still let through", async () => {
  const door = new Door(2, 16);
  const leave: (() => void)[] = [];
  const stay = () => new Promise<void>((resolve) => leave.push(resolve));
  const flood = Array.from({ length: 40 }, () =>
    door.through(stay, false, "one").then(
      () => "in",
      (error) => error.name,
    ),
  );
  const other = door.through(async () => "let in", false, "another");
  for (const _ of flood) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    for (const go of leave.splice(0)) go();
  }
  expect(await other).toBe("let in");
  const ends = await Promise.all(flood);
  expect(ends.filter((end) => end === "Busy")).toHaveLength(34);
});
