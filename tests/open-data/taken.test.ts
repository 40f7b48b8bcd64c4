import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { ahead } from "@/app/_server/open-files/pages";
import { bodyOf } from "@/app/_server/open-files/taken";

function counted(fault?: number) {
  const told = { made: 0, ended: false };
  async function* pieces(): AsyncGenerator<string> {
    try {
      for (;;) {
        if (told.made === fault) throw new Error("no more");
        told.made += 1;
        yield `${told.made} қор;`;
      }
    } finally {
      told.ended = true;
    }
  }
  return { told, pieces: pieces() };
}

test("of an answer no piece is made before the one before it was taken", async () => {
  const { told, pieces } = counted();
  const reader = bodyOf(pieces).getReader();
  await sleep(20);
  expect(told.made).toBe(0);
  for (const number of [1, 2, 3]) {
    expect(new TextDecoder().decode((await reader.read()).value)).toBe(`${number} қор;`);
    await sleep(20);
    expect(told.made).toBe(number);
  }
  await reader.cancel();
  expect(told).toEqual({ made: 3, ended: true });
});

test("one page is read ahead, and no more; who goes away ends the reading", async () => {
  const { told, pieces } = counted();
  const read = ahead(pieces);
  for (const number of [1, 2, 3]) {
    expect((await read.next()).value).toBe(`${number} қор;`);
    await sleep(20);
    expect(told.made).toBe(number + 1);
  }
  await read.return(undefined);
  expect(told).toEqual({ made: 4, ended: true });
});

test("what fails ahead is told to who comes for it, after what was read before", async () => {
  const { pieces } = counted(2);
  const read = ahead(pieces);
  expect((await read.next()).value).toBe("1 қор;");
  await sleep(20);
  expect((await read.next()).value).toBe("2 қор;");
  await expect(read.next()).rejects.toThrow("no more");
  const reader = bodyOf(ahead(counted(1).pieces)).getReader();
  await reader.read();
  await expect(reader.read()).rejects.toThrow("no more");
});
