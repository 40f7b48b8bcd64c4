import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Doors, type Kind, kindOf } from "@/server/doors";
import { Busy, Room } from "@/server/room";

const HERE = "192.0.2.1";
const THERE = "198.51.100.7";

/** Who waits for a place, with the place once it is theirs. */
function comes(room: Room, client: string, signal?: AbortSignal) {
  const one = { client, leave: undefined as (() => void) | undefined, refused: undefined as Error | undefined };
  const settled = room.enter(client, signal).then(
    (leave) => {
      one.leave = leave;
    },
    (error) => {
      one.refused = error;
    },
  );
  return Object.assign(one, { settled });
}
const soon = () => sleep(0);

describe("a room", () => {
  test("lets in as many as it has places, and the next when one leaves", async () => {
    const room = new Room({ atOnce: 2, waiting: 9, patience: 1000 });
    const [one, two, three] = [comes(room, HERE), comes(room, HERE), comes(room, HERE)];
    await soon();
    expect([one.leave !== undefined, two.leave !== undefined, three.leave]).toEqual([true, true, undefined]);
    one.leave?.();
    one.leave?.();
    await soon();
    expect(three.leave).toBeDefined();
    expect([room.inside, room.waiting]).toEqual([2, 0]);
  });

  test("refuses who comes when all is full, and who has waited too long", async () => {
    const room = new Room({ atOnce: 1, waiting: 1, patience: 50 });
    const [inside, waits, late] = [comes(room, HERE), comes(room, HERE), comes(room, HERE)];
    await soon();
    expect(late.refused).toBeInstanceOf(Busy);
    expect(waits.refused).toBeUndefined();
    await sleep(80);
    expect(waits.refused).toBeInstanceOf(Busy);
    expect([inside.refused, room.inside, room.waiting, room.refused]).toEqual([undefined, 1, 0, 2]);
  });

  test("gives networks turns, and refuses the one that has the most where all is full", async () => {
    const room = new Room({ atOnce: 1, waiting: 4, patience: 1000 });
    const [inside, ...many] = Array.from({ length: 5 }, () => comes(room, HERE));
    const other = comes(room, THERE);
    await soon();
    expect(many.map(({ refused }) => refused !== undefined)).toEqual([false, false, false, true]);
    inside?.leave?.();
    await soon();
    many[0]?.leave?.();
    await soon();
    expect([other.leave !== undefined, many[1]?.leave]).toEqual([true, undefined]);
  });

  test("gives one network so many places, and the others to others", async () => {
    const room = new Room({ atOnce: 3, each: 2, waiting: 9, patience: 1000 });
    // Addresses of one network of IPv6 are one.
    const mine = ["2001:db8::1", "2001:db8::2", "2001:db8::3"].map((address) => comes(room, address));
    const other = comes(room, THERE);
    await soon();
    expect(mine.map(({ leave }) => leave !== undefined)).toEqual([true, true, false]);
    expect(other.leave).toBeDefined();
  });

  test("forgets who goes away while waiting", async () => {
    const room = new Room({ atOnce: 1, waiting: 9, patience: 1000 });
    const gone = new AbortController();
    const [inside, waits, next] = [comes(room, HERE), comes(room, HERE, gone.signal), comes(room, HERE)];
    gone.abort();
    await soon();
    expect(waits.refused).not.toBeInstanceOf(Busy);
    inside.leave?.();
    await soon();
    expect([next.leave !== undefined, room.inside, room.waiting, room.refused]).toEqual([true, 1, 0, 0]);
  });

  test("whoever comes and goes, there are never more than its places, nobody is forgotten, and in the end it is empty", async () => {
    const step = fc.record({ client: fc.integer({ min: 1, max: 4 }), leaves: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 3 }), async (steps, atOnce) => {
        const room = new Room({ atOnce, each: 2, waiting: 5, patience: 10_000 });
        const all = [];
        for (const { client, leaves } of steps) {
          all.push(comes(room, `192.0.2.${client}`));
          await soon();
          if (leaves) all.find(({ leave }) => leave)?.leave?.();
          expect(room.inside).toBeLessThanOrEqual(atOnce);
          expect(room.waiting).toBeLessThanOrEqual(5);
        }
        for (let turn = 0; turn < all.length; turn += 1) {
          for (const { leave } of all) leave?.();
          await soon();
        }
        expect(all.every(({ leave, refused }) => (leave === undefined) !== (refused === undefined))).toBe(true);
        expect([room.inside, room.waiting]).toEqual([0, 0]);
      }),
      { numRuns: 200 },
    );
  });
});

describe("the doors", () => {
  const small = { atOnce: 1, waiting: 2, patience: 1000 };
  const kinds: Kind[] = ["page", "view", "question", "other", "file", "copy", "stranger"];
  const doors = () => new Doors(Object.fromEntries(kinds.map((kind) => [kind, small])) as Record<Kind, typeof small>);

  test("are one for each kind: none takes another's places", async () => {
    const all = doors();
    for (const kind of ["page", "view", "file", "copy", "question"] as const) await all.enter(kind, HERE);
    expect(kinds.map((kind) => all.rooms[kind].inside)).toEqual([1, 1, 1, 0, 1, 1, 0]);
  });

  test("let in two at once of what runs on the one thread, of whatever kind, and the next when one is over", async () => {
    const all = doors();
    const view = await all.enter("view", HERE);
    await all.enter("question", HERE);
    let begun = false;
    const other = all.enter("other", HERE).then(() => {
      begun = true;
    });
    await sleep(50);
    expect(begun).toBe(false);
    view();
    view();
    await other;
    expect([all.rooms.view.inside, all.rooms.other.inside]).toEqual([0, 1]);
  });

  test("let dear work begin only now and then while staff has something under way, pages always", async () => {
    const all = doors();
    const over = all.goesFirst();
    (await all.enter("view", HERE))();
    let begun = false;
    const second = all.enter("view", HERE).then((leave) => {
      begun = true;
      leave();
    });
    (await all.enter("page", HERE))();
    expect(begun).toBe(false);
    over();
    over();
    await second;

    const slow = all.goesFirst();
    (await all.enter("view", HERE))();
    const began = performance.now();
    (await all.enter("view", HERE))();
    expect(performance.now() - began).toBeGreaterThan(300);
    expect(performance.now() - began).toBeLessThan(1500);
    slow();
  });

  test.each<[string, string, Record<string, string>, ReturnType<typeof kindOf>]>([
    ["GET", "/staff", {}, "stranger"],
    ["POST", "/staff/sign-in/password?x", {}, "stranger"],
    ["GET", "/staff/record", { cookie: "a=b; muhlat-session=x" }, "first"],
    ["POST", "/staff/record", { cookie: "__Host-muhlat-session=x" }, "first"],
    ["POST", "/api/v1/snapshots", {}, "first"],
    ["GET", "/api/v1/snapshots", {}, "question"],
    ["GET", "/sources/a/copy", {}, "copy"],
    ["GET", "/staff/sources/a/copy", { cookie: "muhlat-session=x" }, "first"],
    ["GET", "/_next/static/x.js", {}, undefined],
    ["GET", "/js/countdown.js", {}, undefined],
    ["GET", "/api/health/ready", {}, undefined],
    ["GET", "/icon.svg?icon.1.svg", {}, undefined],
    ["GET", "/icons/icon-192.png", {}, undefined],
    ["GET", "/", {}, undefined],
    ["GET", "/icon.svgx", {}, "other"],
    ["POST", "/en", {}, "other"],
    ["GET", "/en?_rsc=1", {}, "other"],
  ])("%s %s %j is of kind %s", (method, url, headers, kind) => {
    expect(kindOf({ method, url, headers })).toBe(kind);
  });
});
