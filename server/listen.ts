import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import next from "next";
import { answer } from "@/app/_server/answer";
import { originOf, type Settings } from "@/settings";
import { withinLimit } from "./body";
import { BUILD } from "./build";
import { Doors, kindOf } from "./doors";
import { bringsStatement, takeStatement } from "./entries";
import { isElsewhere } from "./face";
import { soundForm } from "./form";
import { asksForFile, Files } from "./front/files";
import { asksForPage, Front } from "./front/front";
import { askInside, openInside } from "./front/inside";
import { Keep } from "./front/keep";
import { isForeign } from "./origin";
import { isStaff, passedHeaders, strictTransport } from "./policy";
import { PortError } from "./port-error";
import { isApi, refuseQuestion } from "./problem";
import { clientOf, Rate, rateFields } from "./rate";
import { refuse, refuseBody, refuseElsewhere, refuseForm, refuseForNow, refuseLeaving } from "./refusals";
import { Busy } from "./room";
import { forRequest } from "./seeing/log";
import { type Answered, seen } from "./seeing/requests";
import { Underway } from "./underway";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What a stranger may not tell us: who forwarded them, our own notes, and what the framework says to itself inside. */
const NOT_THEIRS =
  /^(?:x-forwarded-|forwarded$|x-muhlat-|x-middleware-|x-nextjs-|x-next-|x-invoke-|x-matched-path$|x-now-|x-vercel-|x-prerender-|content-security-policy)/;
/** What the framework's own script asks with; it runs on pages of staff alone. */
const OF_STAFF_PAGES = /^(?:rsc$|next-)/;

/** What a program may do; the pages say which of these a question takes. */
const METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];

/** What browsers may do: read, and send forms on pages of staff. The framework answers another method on our own files as a fault. */
const methodsOf = (path: string): string[] => (isStaff(path) ? ["GET", "HEAD", "POST"] : ["GET", "HEAD"]);

/** Whether a program may ask now; it is told what it has left, and when it has nothing, until when. */
function withinRate(rate: Rate, request: IncomingMessage, response: ServerResponse, settings: Settings): boolean {
  const client = clientOf(request.socket.remoteAddress, request.headers["x-forwarded-for"], settings.TRUST_PROXY);
  const allowance = rate.take(client);
  for (const [name, value] of rateFields(allowance, rate)) response.setHeader(name, value);
  if (!allowance.allowed) refuseQuestion(response, "too_many", { seconds: allowance.seconds });
  return allowance.allowed;
}

const pathOf = ({ url }: IncomingMessage): string => url?.split("?")[0] ?? "/";
const queryOf = ({ url = "/" }: IncomingMessage): string => (url.includes("?") ? url.slice(url.indexOf("?") + 1) : "");

/** Says what a browser may do with an answer that does not come from the front; the framework reads from it how scripts are to be named. */
function protect(request: IncomingMessage, response: ServerResponse, provider: string | undefined): void {
  const staff = isStaff(pathOf(request));
  const headers = passedHeaders(pathOf(request), staff ? randomBytes(16).toString("base64") : "", provider);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (staff) request.headers["content-security-policy"] = headers["content-security-policy"];
}

/** Takes from a request what strangers may not say, and notes what pages are told of it. @returns whose it is */
function admit(request: IncomingMessage, id: string, settings: Settings): string {
  const client = clientOf(request.socket.remoteAddress, request.headers["x-forwarded-for"], settings.TRUST_PROXY);
  const path = pathOf(request);
  for (const name of Object.keys(request.headers))
    if (NOT_THEIRS.test(name) || (OF_STAFF_PAGES.test(name) && !isStaff(path))) delete request.headers[name];
  request.headers["x-muhlat-address"] = client;
  request.headers["x-muhlat-request"] = id;
  request.headers["x-muhlat-method"] = request.method ?? "GET";
  request.headers["x-muhlat-path"] = path;
  if (settings.PUBLIC_URL) request.headers.host = new URL(settings.PUBLIC_URL).host;
  return client;
}

/** From elsewhere than our root, or with a way up or back in it: no browser asks so. */
const ROUNDABOUT = /^[^/]|\\|\/(?:\.|%2e){1,2}(?:\/|$)/i;

/**
 * An address that cannot be decoded names nothing, and so does one by a way round, which the framework would understand
 * otherwise than whatever stands before it; both are led to one that says so.
 */
function readable(url = "/"): string {
  const [path = ""] = url.split("?");
  const nothing = isApi(url) ? "/api/v1/-" : "/-/-";
  if (ROUNDABOUT.test(path)) return nothing;
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return nothing;
  }
}

/** Who has not said after so many milliseconds what they want is let go, and so is who comes when so many are here. */
const MOST_FOR_HEADERS = 15_000;
const MOST_CONNECTIONS = 4_000;

/** The room for documents of which there is no end: views of the figures, past days. */
const MANY_BYTES = 16 * 1024 * 1024;

/** Where documents of this build are kept, by kind. */
function keepFolder(settings: Settings, kind: "documents" | "views"): string {
  const id = path.join(BUILD, "BUILD_ID");
  return path.resolve(settings.MUHLAT_DATA_DIR, kind, existsSync(id) ? readFileSync(id, "utf8").trim() : "no-build");
}

/** The pages, once they are there: each answer is told where to set its status. */
function pages(): { handle: Handler; use: (handler: Handler) => void; there: () => boolean } {
  let handler: Handler | undefined;
  const handle: Handler = async (request, response) => {
    const status = (code: number) => {
      response.statusCode = code;
    };
    // What the front asks for itself, for many at once, has an id of its own.
    const id = String(request.headers["x-muhlat-request"] ?? randomUUID());
    // The framework hands on an address without some of what was asked.
    if (isApi(request.url)) request.headers["x-muhlat-query"] = queryOf(request);
    const given = handler;
    if (given) await forRequest(id, () => answer.run({ status }, given, request, response));
    else if (isApi(request.url)) refuseQuestion(response, "unavailable", { seconds: 5 });
    else refuse(response, 503, "Muhlat is starting. Try again in a moment.");
  };
  const use = (given: Handler) => {
    handler = given;
  };
  return { handle, use, there: () => handler !== undefined };
}

/** How long what is under way at the end may take; milliseconds. What waits for this process to end waits longer. */
const LAST_CALL = 30_000;
/** Who takes nothing of a stored document for so long has gone; milliseconds. */
const PATIENCE_WITH_COPIES = 60_000;
const READY = "/api/health/ready";

/**
 * The server: `front` answers for the pages from now on, `serve` brings the pages up, `close` takes nothing new any more
 * and waits for what is under way.
 */
export type Listening = { front: Front | undefined; serve: () => Promise<void>; close: () => Promise<void> };

/**
 * Takes the port at once, so that a taken one is told before anything long begins. Until `serve` it answers
 * with documents that were kept, and else says that it is still starting.
 * @param tell is told of every request once it is over, but for pages that were answered from what is kept
 * @throws PortError
 */
export async function listen(settings: Settings, tell: (answered: Answered) => void = () => {}): Promise<Listening> {
  const dev = process.env.NODE_ENV === "development";
  const { handle, use, there } = pages();
  let front: Front | undefined;
  let files: Files | undefined;
  let leaving = false;
  const rate = new Rate();
  const doors = new Doors();
  const origin = originOf(settings);
  const transport = strictTransport(origin);
  const provider = settings.OIDC_ISSUER && new URL(settings.OIDC_ISSUER).origin;
  const answerOne: Handler = async (arrived, response) => {
    if (transport) response.setHeader("strict-transport-security", transport);
    if (leaving && arrived.url === READY) return refuseLeaving(response);
    const note = () => seen(arrived, response, settings.TRUST_PROXY > 0, tell);
    let id: string | undefined;
    const api = isApi(arrived.url);
    if (api) {
      id = note();
      if (!withinRate(rate, arrived, response, settings)) return;
      if (!METHODS.includes(arrived.method ?? "")) return refuseQuestion(response, "method", { headers: { allow: "GET, HEAD, OPTIONS" } });
    }
    if (front?.answerNow(arrived, response)) return;
    id ??= note();
    arrived.url = readable(arrived.url);
    if (isForeign(arrived, settings.PUBLIC_URL))
      return refuse(response, 403, "This form was sent from another site and was not accepted. Nothing was saved.");
    if (isElsewhere(settings.MUHLAT_FACE, arrived)) return refuseElsewhere(arrived, response);
    const methods = methodsOf(pathOf(arrived));
    if (!dev && !api && !methods.includes(arrived.method ?? "GET"))
      return refuse(response, 405, "This method is not answered here.", { connection: "close", allow: methods.join(", ") });
    // Who breaks off while sending needs no answer.
    const sent = there() ? await withinLimit(arrived).catch(() => null) : arrived;
    if (sent === null) return;
    if (!sent) return refuseBody(arrived, response);
    const request = there() && !dev ? await soundForm(sent).catch(() => null) : sent;
    if (request === null) return;
    if (typeof request === "string") return refuseForm(arrived, response, request);
    const client = admit(request, id, settings);
    const file = asksForFile(request);
    if (front && !file && asksForPage(request)) return front.answer(request, response, client);
    // The framework's tools for developers need what a policy forbids.
    if (!dev) protect(request, response, provider);
    if (there() && bringsStatement(request)) return firstOf(response, () => takeStatement(request, response, origin));
    if (files && file) return files.answer(request, response, client);
    await throughDoor(request, response, client);
  };
  const firstOf = (response: ServerResponse, work: () => Promise<void>) => {
    response.once("close", doors.goesFirst());
    return work();
  };
  /** What goes to the pages as it is: what is dear waits for its turn. */
  const throughDoor = async (request: IncomingMessage, response: ServerResponse, client: string) => {
    const kind = there() ? kindOf(request) : undefined;
    if (!kind) return handle(request, response);
    const gone = new AbortController();
    let over = () => gone.abort();
    response.once("close", () => over());
    const leave = kind === "first" ? doors.goesFirst() : await doors.enter(kind, client, gone.signal).catch((error: Error) => error);
    if (leave instanceof Error) return leave instanceof Busy ? refuseForNow(request, response, leave) : undefined;
    over = leave;
    // Who went away while waiting has closed it already.
    if (response.destroyed || gone.signal.aborted) return leave();
    // A document is as large as what is taken of it slowly.
    if (kind === "copy") response.setTimeout(PATIENCE_WITH_COPIES, () => response.destroy());
    await handle(request, response);
  };
  const server = createServer({ connectionsCheckingInterval: 5_000 }, (arrived, response) => {
    // The framework listens eight times over for the end of an answer, and we do.
    response.setMaxListeners(20);
    // Nobody is left without an answer.
    answerOne(arrived, response).catch((error) => {
      console.error("a request could not be answered:", error);
      if (response.headersSent) response.destroy();
      else refuse(response, 500, "Something went wrong here. Nothing was saved.");
    });
  });

  const underway = new Underway(server);
  server.headersTimeout = MOST_FOR_HEADERS;
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const sentence =
        error.code === "EADDRINUSE"
          ? `Port ${settings.PORT} is taken by another program. Stop that program, or set PORT to another number.`
          : error.code === "EACCES"
            ? `This user may not listen on port ${settings.PORT}. Set PORT to a number above 1023.`
            : `Muhlat cannot listen on ${settings.HOST}:${settings.PORT} (${error.message}). Check HOST and PORT.`;
      reject(new PortError(sentence));
    });
    server.listen(settings.PORT, settings.HOST, resolve);
  });
  if (!dev && settings.MUHLAT_FACE !== "staff") {
    const [few, many] = [new Keep(keepFolder(settings, "documents")), new Keep(keepFolder(settings, "views"), MANY_BYTES)];
    front = new Front(few, askInside(handle), new URL(origin).host, many, doors);
    files = new Files(openInside(handle), Rate.ofFiles(), doors);
  }

  return {
    front,
    serve: async () => {
      const app = next({ dev, dir: process.cwd(), hostname: settings.HOST, port: settings.PORT, httpServer: server });
      await app.prepare();
      use(app.getRequestHandler());
      front?.open();
      if (dev) server.on("upgrade", app.getUpgradeHandler());
    },
    close: async () => {
      leaving = true;
      await sleep(settings.DRAIN_SECONDS * 1000);
      const cut = await underway.end(LAST_CALL);
      if (cut > 0) console.error(`${cut} connections were cut off that were not done ${LAST_CALL / 1000} seconds after the stop.`);
    },
  };
}
