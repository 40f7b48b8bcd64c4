export const dynamic = "force-dynamic";

/** Where the form that asks for a day leads: to the address of that day's page, which says itself whether there is one. */
export async function GET(request: Request, { params }: { params: Promise<{ lang: string }> }): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const part = (name: string) => encodeURIComponent(query.get(name) || "none");
  const { lang } = await params;
  return new Response(null, {
    status: 303,
    headers: { Location: `/${encodeURIComponent(lang)}/as-known/${part("day")}/countries/${part("country")}` },
  });
}
