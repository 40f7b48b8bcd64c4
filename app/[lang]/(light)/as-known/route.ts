import { today } from "@/lib/vintage";

export const dynamic = "force-dynamic";

/**
 * Where the form that asks for a day leads: to the address of that day's page, which says itself whether there is one.
 * Without a day, to that of today; what pins our own record stays.
 */
export async function GET(request: Request, { params }: { params: Promise<{ lang: string }> }): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const { lang } = await params;
  const day = query.get("day") ?? today(new Date()).knownOn;
  const recorded = query.get("recorded");
  const [where, on, country] = [lang, day || "none", query.get("country") || "none"].map(encodeURIComponent);
  const pinned = recorded === null ? "" : `?recorded=${encodeURIComponent(recorded)}`;
  return new Response(null, { status: 303, headers: { Location: `/${where}/as-known/${on}/countries/${country}${pinned}` } });
}
