import { answerAnybody, refuseMethod, whatBrowsersMay } from "@/app/_server/api/door";

export const dynamic = "force-dynamic";

type Context = { params: Promise<{ path?: string[] }> };

/** Every question of the contract. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return answerAnybody(request, `/${((await params).path ?? []).join("/")}`);
}

export { GET as HEAD, whatBrowsersMay as OPTIONS };

const refuse = () => refuseMethod("GET, HEAD, OPTIONS");

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
