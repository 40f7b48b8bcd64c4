import { expect, test } from "vitest";
import { finish } from "@/server/front/finish";

const FRAMEWORK = "rsc, next-router-state-tree, next-router-prefetch, next-router-segment-prefetch";
const varyOf = (type: string, vary: string) =>
  finish("/api/v1/nope", { status: 404, headers: { "content-type": type, vary }, body: Buffer.from("{}") }).headers.vary;

test("an answer to a program says nothing of what the framework's own script asks with", () => {
  expect(varyOf("application/problem+json; charset=utf-8", FRAMEWORK)).toBeUndefined();
  expect(varyOf("text/plain; charset=utf-8", `${FRAMEWORK}, Accept-Language`)).toBe("Accept-Language");
});
