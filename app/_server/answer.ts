import { AsyncLocalStorage } from "node:async_hooks";

type Answer = { status: (code: number) => void };

const shared = globalThis as { muhlatAnswer?: AsyncLocalStorage<Answer> };
// The web bundle is another copy of this module in the same process, hence the place on globalThis.
shared.muhlatAnswer ??= new AsyncLocalStorage();

/** The answer to the request being served; opened by the server around Next. */
export const answer: AsyncLocalStorage<Answer> = shared.muhlatAnswer;

/**
 * Sets the HTTP status of the page being rendered.
 *
 * Next's own notFound() sends a body that needs script to be read; a page that says in words what is
 * missing, with the right status, reads everywhere.
 */
export function answerStatus(code: 400 | 403 | 404 | 503): void {
  answer.getStore()?.status(code);
}
