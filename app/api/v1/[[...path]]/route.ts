import { enter } from "@/app/_server/api/enter";
import { openApi } from "@/app/_server/api/openapi";
import { refused } from "@/app/_server/api/problems";
import { operationOf, respond } from "@/app/_server/api/respond";
import { SENT } from "../contract";

export const dynamic = "force-dynamic";

type Context = { params: Promise<{ path?: string[] }> };

const OPEN = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "ETag, Link, Muhlat-As-Known-On, Muhlat-As-Recorded-At, RateLimit, RateLimit-Policy, Retry-After",
};

function open(response: Response): Response {
  for (const [name, value] of Object.entries(OPEN)) response.headers.set(name, value);
  return response;
}

/** Whether the database was not there, or had to break off; anything else is a fault of ours. */
function isAway(error: unknown): boolean {
  const { code } = ((error as Error).cause ?? error) as { code?: string };
  return /^(?:(?:08|53|57|58)...|E[A-Z]+|CONNECT(?:ION)?_[A-Z]+)$/.test(code ?? "");
}

/** Whatever goes wrong is told as what it is, and noted. */
async function orFault(path: string, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    console.error(`${path} could not be answered:`, error instanceof Error ? (error.cause ?? error) : error);
    return isAway(error) ? refused("unavailable", {}, { "Retry-After": "5" }) : refused("fault");
  }
}

async function answered(request: Request, path: string): Promise<Response> {
  if (path === "/openapi.json") return Response.json(openApi(), { headers: { "Cache-Control": "public, max-age=0, must-revalidate" } });
  const operation = operationOf(path);
  if (!operation) return refused("not_found");
  return orFault(path, () => respond(request, operation.name, operation.ids));
}

const pathOf = async ({ params }: Context) => `/${((await params).path ?? []).join("/")}`;

/** Every question of the contract. */
export async function GET(request: Request, context: Context): Promise<Response> {
  return open(await answered(request, await pathOf(context)));
}

export { GET as HEAD };

/**
 * Any site may ask from a browser. None may send: `Authorization` is not among what is allowed, so a token that somebody
 * gave to a page of strangers does not leave it, and what is answered to a POST is read by no page but ours.
 */
export function OPTIONS(): Response {
  const headers = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
  };
  return open(new Response(null, { status: 204, headers }));
}

const refuse = async (context: Context) => {
  const sends = (await pathOf(context)) === SENT.enter.path;
  return open(refused("method", {}, { Allow: `GET, HEAD, OPTIONS${sends ? ", POST" : ""}` }));
};

/** What programs send, with a token. */
export async function POST(request: Request, context: Context): Promise<Response> {
  const path = await pathOf(context);
  return path === SENT.enter.path ? orFault(`POST ${path}`, () => enter(request)) : refuse(context);
}

const refuseOthers = (_request: Request, context: Context) => refuse(context);

export { refuseOthers as DELETE, refuseOthers as PATCH, refuseOthers as PUT };
