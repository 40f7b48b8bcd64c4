import { answerAnybody, orFault, refuseMethod, whatBrowsersMay } from "@/app/_server/api/door";
import { enter } from "@/app/_server/api/enter";
import { SENT } from "../contract";

export const dynamic = "force-dynamic";

/** The list of statements, which a public process answers as well. */
export const GET = (request: Request): Promise<Response> => answerAnybody(request, SENT.enter.path);

/** What programs send, with a token. */
export const POST = (request: Request): Promise<Response> => orFault(`POST ${SENT.enter.path}`, () => enter(request));

export { GET as HEAD, whatBrowsersMay as OPTIONS };

const refuse = () => refuseMethod("GET, HEAD, OPTIONS, POST");

export { refuse as DELETE, refuse as PATCH, refuse as PUT };
