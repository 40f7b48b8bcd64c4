import { answerAnybody, refuseMethod, whatBrowsersMay } from "@/app/_server/api/door";
import { SENT } from "../contract";

export const dynamic = "force-dynamic";

/** The list of statements, which a public process answers as well. */
export const GET = (request: Request): Promise<Response> => answerAnybody(request, SENT.enter.path);

export { GET as HEAD, whatBrowsersMay as OPTIONS };

/** What programs send comes past the framework (server/entries.ts). */
const refuse = () => refuseMethod("GET, HEAD, OPTIONS, POST");

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
