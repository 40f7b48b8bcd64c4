import type { IncomingMessage, ServerResponse } from "node:http";
import { answerEntry, ENTRIES } from "@/app/_server/api/enter";
import { bodyOf } from "./body";
import { forRequest } from "./seeing/log";

/** Whether a request brings a statement of a program; its address can be decoded. */
export const bringsStatement = ({ method, url = "/" }: Pick<IncomingMessage, "method" | "url">): boolean =>
  method === "POST" && decodeURIComponent(url.split("?")[0] ?? "/") === ENTRIES;

/** Takes a statement in past the framework, which would cost several times what an entry does. */
export async function takeStatement(request: IncomingMessage, response: ServerResponse, origin: string): Promise<void> {
  const brought = {
    url: `http://localhost${request.url}`,
    headers: { get: (name: string) => [request.headers[name] ?? []].flat().join(", ") || null },
    body: bodyOf(request),
  };
  const answer = await forRequest(String(request.headers["x-muhlat-request"]), () => answerEntry(brought, origin));
  const [text, headers] =
    answer instanceof Response ? [await answer.text(), Object.fromEntries(answer.headers)] : [answer.text, answer.headers];
  // With its length it goes out in one piece.
  response.writeHead(answer.status, { ...headers, "content-length": Buffer.byteLength(text) }).end(text);
}
