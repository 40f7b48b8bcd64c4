import { notReadyBecause } from "@/app/_server/ready";

export const dynamic = "force-dynamic";

/** The database answers and its migrations are those of this version; else 503 with the reason. */
export async function GET(): Promise<Response> {
  const reason = await notReadyBecause();
  return Response.json(reason ? { status: "not_ready", reason } : { status: "ready" }, {
    status: reason ? 503 : 200,
    headers: { "Cache-Control": "no-store" },
  });
}
