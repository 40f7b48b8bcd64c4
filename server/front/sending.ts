import type { IncomingMessage, ServerResponse } from "node:http";
import { isLanguage, type Language, languageFor } from "@/lib/i18n/languages";
import { isApi, problemOf } from "../problem";
import { Content, type Document, encodingFor } from "./document";
import type { Finished } from "./finish";
import { insteadOf } from "./in-trouble";

/**
 * What a proxy of ours (nginx) is told of a document that is right: it may answer with it for a second, and forgets before
 * the document turns. A second of its clock is two at most.
 */
const FOR_A_SECOND = ["x-accel-expires", "1"];
const MOST_OF_A_SECOND = 2000;

/** Programs are told with each answer what they may still ask, so no answer of theirs is another's. */
const toProxies = ({ turnsAt }: Document, url: string): readonly string[] =>
  url.startsWith("/api/") || turnsAt - Date.now() < MOST_OF_A_SECOND ? [] : FOR_A_SECOND;

/** Sends a document that is right. */
export function sendRight(document: Document, url: string, request: IncomingMessage, response: ServerResponse): void {
  const more = toProxies(document, url);
  // What others may be answered with is no answer to one request.
  if (more.length > 0) response.removeHeader("x-request-id");
  document.content.send(request, response, more);
}

/** Whether it is a view that cannot be kept as it was asked for: it is as dear as one that can. */
export const isView = (url: string): boolean => /^\/[a-z]{2}\/(?:explore|embed|as-known)\b/.test(url);

/** The language of an address, else the reader's. */
export const spokenIn = (url: string, request: IncomingMessage): Language =>
  [url.split(/[/?]/)[1] ?? ""].find(isLanguage) ?? languageFor(request.headers["accept-language"]);

/** Sends an answer of the pages to the one who asked for it. */
export async function send(finished: Finished, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { status, body, headers, html, keep } = finished;
  if (status === 304 || !(html || keep)) {
    response.writeHead(status, status === 304 ? headers : { ...headers, "content-length": body.length });
    response.end(request.method === "HEAD" ? undefined : body);
    return;
  }
  const content = new Content(body, headers);
  await content.make(encodingFor(request.headers["accept-encoding"] as string | undefined), 4);
  content.send(request, response, [], status);
}

/** Says in a few words that there is nothing to be had right now: with status 503, and when to come again. */
export function sendShort(why: "unavailable" | "busy", language: Language, request: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent) return void response.destroy();
  const seconds = why === "busy" ? 2 : 5;
  const { status, headers, body } = isApi(request.url) ? problemOf(why, seconds) : { status: 503, ...insteadOf(why, language) };
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  response.end(request.method === "HEAD" ? undefined : body);
}
