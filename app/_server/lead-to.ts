/** Leads on, with what the next page has to say in its address, and with cookies where some are given. */
export function leadTo(path: string, said: Record<string, string> = {}, ...cookies: string[]): Response {
  const query = new URLSearchParams(said).toString();
  const headers = new Headers({ Location: query ? `${path}?${query}` : path, "Cache-Control": "no-store" });
  for (const cookie of cookies) headers.append("Set-Cookie", cookie);
  return new Response(null, { status: 303, headers });
}
