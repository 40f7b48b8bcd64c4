/** A staff page's own address: no other host, no dots that lead out, nothing that browsers take for something else. */
const STAFF = /^\/staff(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._~-]+)*$/;

/** Pages that one passes on the way in; leading back to one of them leads nowhere. */
const WAYS_IN = /^\/staff\/(?:sign-in|sign-out|second-factor|set-up|provider)(?:\/|$)/;

/**
 * Where somebody is led after signing in: a path of the staff pages, whatever was asked for.
 * @param asked unchecked, as it stood in an address or a form
 */
export const staffPath = (asked: unknown): string =>
  typeof asked === "string" && asked.length <= 200 && STAFF.test(asked) && !WAYS_IN.test(asked) ? asked : "/staff";
