import { openApi } from "@/app/_server/api/openapi";
import { refused } from "@/app/_server/api/problems";
import { operationOf, respond } from "@/app/_server/api/respond";

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

async function answered(request: Request, path: string): Promise<Response> {
  if (path === "/openapi.json") return Response.json(openApi(), { headers: { "Cache-Control": "public, max-age=0, must-revalidate" } });
  const operation = operationOf(path);
  if (!operation) return refused("not_found");
  try {
    return await respond(request, operation.name, operation.ids);
  } catch (error) {
    console.error(`the question ${path} could not be answered:`, error instanceof Error ? (error.cause ?? error) : error);
    return isAway(error) ? refused("unavailable", {}, { "Retry-After": "5" }) : refused("fault");
  }
}

/** Every question of the contract. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return open(await answered(request, `/${((await params).path ?? []).join("/")}`));
}

export { GET as HEAD };

/** Any site may ask from a browser. */
export function OPTIONS(): Response {
  const headers = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
  };
  return open(new Response(null, { status: 204, headers }));
}

const refuse = () => open(refused("method", {}, { Allow: "GET, HEAD, OPTIONS" }));

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
