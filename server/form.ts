import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import path from "node:path";
import { Busboy, type BusboyHeaders } from "@fastify/busboy";
import { readAlready } from "./body";
import { BUILD } from "./build";
import { isStaff } from "./policy";

/** What stands in the way of a form: it cannot be read as one of ours, or is of a page that another version made. */
export type FormFault = "unreadable" | "outdated";

/** Where forms are taken in by routes of their own, which read what they need as it comes. */
const STREAMED = "/staff/import/upload";

/** The names under which the framework's script sends, by which it finds what to call. */
const ACTION = /^[0-9a-f]{40,44}$/;

/** What the framework writes for values that JSON has none for: a dollar sign, undefined, numbers, a date. */
const WRITTEN = /^\$(?:\$|undefined$|NaN$|-?Infinity$|-0$|D\d{4}-|n-?\d+$)/;

/** The actions of the build at hand. */
function actionsOf(build: string): Set<string> {
  const listed = JSON.parse(readFileSync(path.join(build, "server/server-reference-manifest.json"), "utf8"));
  return new Set(Object.keys(listed.node));
}
let known: Set<string> | undefined;

/** A part of a form in JSON, and its number, by which what stands in it twice is written once. */
type Part = { id: string; root: unknown };

/** Whether a text that begins with a dollar sign says where in the same part a value stands already. */
function pointsInto({ id, root }: Part, text: string): boolean {
  const [first, ...names] = text.split(":");
  if (first !== `$${id}`) return false;
  let place = root;
  for (const name of names) {
    if (typeof place !== "object" || place === null || !Object.hasOwn(place, name)) return false;
    place = (place as Record<string, unknown>)[name];
  }
  return typeof place === "object";
}

/** Whether what stands in a part is something that our forms send back: no function, promise or stream. */
function isPlain(part: Part, value: unknown, depth = 0): boolean {
  if (depth > 12) return false;
  if (typeof value === "string") return !value.startsWith("$") || WRITTEN.test(value) || pointsInto(part, value);
  if (typeof value !== "object" || value === null) return true;
  return Object.values(value).every((one) => isPlain(part, one, depth + 1));
}

/** A form as it was shown before: how often it was sent, and what was typed. */
const isState = (part: Part, value: unknown): boolean => {
  const { sent, typed } = (value ?? {}) as { sent?: unknown; typed?: unknown };
  return typeof sent === "number" && typeof typed === "object" && typed !== null && isPlain(part, value);
};

/** What a page of ours binds to an action: a name, a yes or no, nothing, or a few of these by name. */
const isBound = (part: Part, value: unknown): boolean =>
  isPlain(part, value) && (typeof value !== "object" || Object.values(value ?? {}).every((one) => typeof one === "string"));

/** How many things an action takes before the form, told by the first byte of its name: a bit for each of six that it uses, the first highest. */
function takesBefore(action: string): number {
  const used = (Number.parseInt(action.slice(0, 2), 16) >> 1) & 0b111111;
  return used === 0 ? -1 : 5 - Math.log2(used & -used);
}

/** What an action is called with before the form itself: whatever its page bound to it, then the form's last state. */
function areGiven(action: string, part: Part, given: unknown): boolean {
  if (!Array.isArray(given)) return false;
  const takes = takesBefore(action);
  if (takes < 0 ? given.length > 6 : given.length !== takes) return false;
  if (takes < 1) return given.every((one) => one === "$undefined");
  return isState(part, given.at(-1)) && given.slice(0, -1).every((one) => isBound(part, one));
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether the framework's script sent a form: what the action is given, and the form itself as the last. */
function isScripted(action: string, fields: Map<string, string>): boolean {
  const root = parsed(fields.get("0"));
  return Array.isArray(root) && /^\$K[0-9a-f]+$/.test(String(root.at(-1))) && areGiven(action, { id: "0", root }, root.slice(0, -1));
}

/** Whether a text calls an action that uses nothing of the form: the framework's script then leaves the form out. */
function isCall(action: string, text: string): boolean {
  const root = parsed(text);
  return takesBefore(action) < 0 && areGiven(action, { id: "0", root }, root);
}

/** What a browser's own form calls: the actions that it names, each with what its page gave it; undefined where it names none, or wrongly. */
function calledIn(fields: Map<string, string>): string[] | undefined {
  const called: string[] = [];
  for (const name of fields.keys()) {
    const plain = /^\$ACTION_ID_(.*)$/.exec(name)?.[1];
    const place = /^\$ACTION_REF_(\d+)$/.exec(name)?.[1];
    if (plain !== undefined && takesBefore(plain) > 0) return undefined;
    if (plain !== undefined) called.push(plain);
    if (place === undefined) continue;
    const meant = parsed(fields.get(`$ACTION_${place}:0`)) as { id?: unknown; bound?: unknown } | undefined;
    if (typeof meant?.id !== "string") return undefined;
    const part = /^\$@(\d+)$/.exec(String(meant.bound))?.[1];
    const given = meant.bound !== null && meant.bound !== undefined;
    const root = part === undefined ? undefined : parsed(fields.get(`$ACTION_${place}:${part}`));
    if (given ? !areGiven(meant.id, { id: part ?? "", root }, root) : takesBefore(meant.id) > 0) return undefined;
    called.push(meant.id);
  }
  return called.length > 0 && called.every((id) => ACTION.test(id)) ? called : undefined;
}

/** The fields of a form without its files; undefined where it is none. */
function fieldsIn(headers: IncomingMessage["headers"], body: Buffer): Promise<Map<string, string> | undefined> {
  return new Promise((resolve) => {
    try {
      const fields = new Map<string, string>();
      const parser = new Busboy({
        headers: headers as BusboyHeaders,
        limits: { fieldSize: body.length + 1, fields: 10_000, parts: 10_000 },
      });
      parser.on("file", (_name, file) => file.on("error", () => {}).resume());
      parser.on("field", (name, value) => fields.set(name, value));
      parser.on("error", () => resolve(undefined));
      parser.on("finish", () => resolve(fields));
      parser.end(body);
    } catch {
      resolve(undefined);
    }
  });
}

/** The actions that a request calls; undefined where it calls none in a way in which our pages do. */
async function called(headers: IncomingMessage["headers"], body: Buffer): Promise<string[] | undefined> {
  const action = headers["next-action"];
  if (action === undefined) {
    const fields = await fieldsIn(headers, body);
    return fields && calledIn(fields);
  }
  const name = String(action);
  if (!ACTION.test(name)) return undefined;
  if (/^text\/plain\b/i.test(headers["content-type"] ?? "")) return isCall(name, body.toString()) ? [name] : undefined;
  const fields = await fieldsIn(headers, body);
  return fields && isScripted(name, fields) ? [name] : undefined;
}

/**
 * A form for a page of staff, read and found to be what a page of ours sends; a request of any other kind is let through
 * as it came. The framework answers what it cannot read with a bare 500, and writes it to the log as a fault of ours.
 * @param build the folder of the pages
 */
export async function soundForm(request: IncomingMessage, build: string = BUILD): Promise<IncomingMessage | FormFault> {
  const { method, headers } = request;
  const place = request.url?.split("?")[0] ?? "/";
  const isForm = /^multipart\/form-data\b/i.test(headers["content-type"] ?? "");
  if (method !== "POST" || !isStaff(place) || place === STREAMED || (headers["next-action"] === undefined && !isForm)) return request;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const actions = await called(headers, body);
  if (!actions) return "unreadable";
  known ??= actionsOf(build);
  return actions.every((id) => known?.has(id)) ? readAlready(request, body) : "outdated";
}
