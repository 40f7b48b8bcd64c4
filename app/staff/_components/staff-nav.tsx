import type { Words } from "@/lib/i18n/words";
import { type Actor, mayAnnounceAnything, mayManageAnybody, mayManageTokens, mayRecordAnything, WHO_MAY } from "@/lib/staff/rules";

/** The staff pages that a person may use, where each stands. */
function pagesFor(person: Actor, { t }: Words) {
  return [
    { path: "/staff", label: t("nav.desk"), open: true },
    { path: "/staff/record", label: t("nav.record"), open: mayRecordAnything(person) },
    { path: "/staff/review", label: t("nav.review"), open: WHO_MAY[person.role].publish !== "no" },
    { path: "/staff/import", label: t("nav.import"), open: mayRecordAnything(person) },
    { path: "/staff/deadlines", label: t("nav.deadlines"), open: mayAnnounceAnything(person) },
    { path: "/staff/events", label: t("nav.events"), open: mayAnnounceAnything(person) },
    { path: "/staff/contacts", label: t("nav.contacts"), open: true },
    { path: "/staff/people", label: t("nav.people"), open: mayManageAnybody(person) },
    { path: "/staff/tokens", label: t("nav.tokens"), open: mayManageTokens(person) },
    { path: "/staff/history", label: t("nav.history"), open: true },
  ].filter(({ open }) => open);
}

/**
 * The way between the staff pages.
 * @param path the address of the page shown; its own link says so, and so does that of the page it belongs to
 */
export function StaffNav({ person, path, words }: { person: Actor; path: string; words: Words }) {
  const current = (own: string) => {
    if (path === own) return "page";
    return own !== "/staff" && path.startsWith(`${own}/`) ? "true" : undefined;
  };
  return (
    <nav className="staff-nav" aria-label={words.t("nav.label")}>
      <ul>
        {pagesFor(person, words).map((page) => (
          <li key={page.path}>
            <a href={page.path} aria-current={current(page.path)}>
              {page.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
