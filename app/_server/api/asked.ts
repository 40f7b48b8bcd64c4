/**
 * The address of a program's question as it was sent. The framework takes some names out of what it hands on (`__proto__`,
 * and those that it gives to parts of a path), and what is none of our parameters is to be refused.
 */
export function askedAddress(request: Pick<Request, "url"> & { headers: Pick<Headers, "get"> }): URL {
  const url = new URL(request.url);
  const sent = request.headers.get("x-muhlat-query");
  if (sent !== null) url.search = sent;
  return url;
}
