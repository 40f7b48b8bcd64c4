import { PROBLEMS, type ProblemCode } from "@/lib/open-data/problems";
import { askedAddress } from "./asked";
import { orFault } from "./fault";
import { openApi } from "./openapi";
import { allowedNames, refused } from "./problems";
import { operationOf, respond } from "./respond";

const OPEN = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "ETag, Link, Muhlat-As-Known-On, Muhlat-As-Recorded-At, RateLimit, RateLimit-Policy, Retry-After",
};

function open(response: Response): Response {
  for (const [name, value] of Object.entries(OPEN)) response.headers.set(name, value);
  return response;
}

async function answered(request: Request, path: string): Promise<Response> {
  const problem = /^\/problems\/(\w+)$/.exec(path)?.[1];
  if (problem !== undefined && Object.hasOwn(PROBLEMS, problem))
    return Response.json({ type: `/api/v1${path}`, ...PROBLEMS[problem as ProblemCode] });
  const asked = [...askedAddress(request).searchParams.keys()];
  if (path === "/openapi.json" && asked.length > 0)
    return refused("parameter", {
      errors: asked.slice(0, 20).map((parameter) => ({ parameter: parameter.slice(0, 80), said: "", allowed: allowedNames([]) })),
    });
  if (path === "/openapi.json") return Response.json(openApi(), { headers: { "Cache-Control": "public, max-age=0, must-revalidate" } });
  const operation = operationOf(path);
  if (!operation) return refused("not_found");
  return orFault(path, () => respond(request, operation.name, operation.ids));
}

/** Answers a question of the contract; any site may ask it from a browser. */
export const answerAnybody = async (request: Request, path: string): Promise<Response> => open(await answered(request, path));

/**
 * What a browser is told that asks first. No site may send: `Authorization` is not among what is allowed, so a token that
 * somebody gave to a page of strangers does not leave it, and what is answered to a POST is read by no page but ours.
 */
export function whatBrowsersMay(): Response {
  const headers = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
  };
  return open(new Response(null, { status: 204, headers }));
}

/** Refuses what an address does not take. */
export const refuseMethod = (taken: string): Response => open(refused("method", {}, { Allow: taken }));
