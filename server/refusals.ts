import type { IncomingMessage, ServerResponse } from "node:http";
import { languageFor } from "@/lib/i18n/languages";
import { wordsFor } from "@/lib/i18n/words";
import type { FormFault } from "./form";
import { fileHeaders } from "./policy";
import { isApi, refuseQuestion } from "./problem";
import type { Busy } from "./room";

// What is refused before the pages are asked, in the words that whoever asked understands: a program's, or a person's.

/** The most that is let pass by unread, for the sake of an answer. */
const MAX_PASSED_BYTES = 100 * 1024 * 1024;

/** Says in a sentence why nothing else is answered. */
export function refuse(
  response: ServerResponse,
  status: number,
  sentence: string,
  more: Record<string, string> = { connection: "close" },
): void {
  const said = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", ...more };
  response.writeHead(status, { ...fileHeaders(), ...said });
  response.end(`${sentence}\n`);
}

/** Says that what was asked for is not to be had of this process. */
export function refuseElsewhere(request: IncomingMessage, response: ServerResponse): void {
  if (isApi(request.url)) refuseQuestion(response, "method", { headers: { allow: "GET, HEAD, OPTIONS" } });
  else refuse(response, 404, wordsFor(languageFor(request.headers["accept-language"])).t("notFound.title"));
}

/** Says that what was sent is no form of ours, or one of a page that is not there any more. */
export function refuseForm(request: IncomingMessage, response: ServerResponse, fault: FormFault): void {
  const { t } = wordsFor(languageFor(request.headers["accept-language"]));
  refuse(response, fault === "outdated" ? 409 : 400, t(`sent.${fault}`));
}

/** Says that too much was sent, once it has passed by: a browser shows no answer while it still sends. */
export function refuseBody(request: IncomingMessage, response: ServerResponse): void {
  const words = wordsFor(languageFor(request.headers["accept-language"]));
  let left = MAX_PASSED_BYTES;
  request.on("data", (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  request.on("error", () => {});
  request.on("end", () => {
    if (isApi(request.url)) refuseQuestion(response, "too_large", { headers: { connection: "close" } });
    else refuse(response, 413, words.t("copies.tooLarge"));
  });
  request.resume();
}

/** Says that too much is being asked right now; who comes again in a moment is answered. */
export function refuseForNow(request: IncomingMessage, response: ServerResponse, { seconds }: Busy): void {
  const { t } = wordsFor(languageFor(request.headers["accept-language"]));
  if (isApi(request.url)) refuseQuestion(response, "busy", { seconds });
  else refuse(response, 503, `${t("busy.title")}\n${t("busy.text")}`, { "retry-after": String(seconds) });
}

/** Says to who asks whether this process is there for others that it is about to go. */
export function refuseLeaving(response: ServerResponse): void {
  response.writeHead(503, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify({ status: "not_ready", reason: "it is being stopped" }));
}
