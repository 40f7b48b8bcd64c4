import type { Metadata } from "next";
import { staffDb } from "@/app/_server/database";
import { requirePerson, staffWords } from "@/app/_server/session";
import { historyFilter } from "@/lib/history/input";
import { everybody, historyOf } from "@/lib/history/read";
import { placeFrom, placeText } from "@/lib/history/rules";
import { fieldsOf } from "@/lib/texts";
import { tokenNames } from "@/lib/tokens/read";
import { Acts } from "./acts";
import { FilterForm } from "./filter-form";

const A_PAGE = 50;

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("history.title") };
}

/** Every act that this person may see, newest first, by any of its sides. */
export default async function HistoryPage({ searchParams }: Props) {
  const person = await requirePerson("/staff/history");
  const asked = Object.fromEntries(Object.entries(await searchParams).map(([name, value]) => [name, String([value].flat()[0] ?? "")]));
  const words = await staffWords();
  const { t } = words;
  const parsed = historyFilter.safeParse(asked);
  const after = placeFrom(asked.after);
  const people = await everybody(staffDb());
  const names = new Map([...people.map(({ personId, name }) => [personId, name] as const), ...(await tokenNames(staffDb()))]);
  // One more than is shown tells whether there are older ones.
  const found = parsed.success ? await historyOf(staffDb(), person, parsed.data, after, A_PAGE + 1) : [];
  const acts = found.slice(0, A_PAGE);
  const last = found.length > A_PAGE ? acts.at(-1) : undefined;
  const query = new URLSearchParams(
    Object.entries(parsed.success ? parsed.data : {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  const older = new URLSearchParams(query);
  if (last) older.set("after", placeText(last));
  return (
    <>
      <h1>{t("history.title")}</h1>
      <p className="lead">{t("history.lead")}</p>
      <FilterForm asked={asked} errors={parsed.success ? {} : fieldsOf(parsed.error)} people={people} words={words} />
      {parsed.success && acts.length === 0 && <p className="nothing">{t("history.empty")}</p>}
      {acts.length > 0 && (
        <>
          <p>
            <a href={`/staff/history/export?${query}`}>{t("history.export")}</a>
          </p>
          <Acts acts={acts} names={names} words={words} />
          <p className="paging">
            {after && (
              <a className="button" href={`/staff/history?${query}`}>
                {t("history.newest")}
              </a>
            )}{" "}
            {last && (
              <a className="button" rel="next" href={`/staff/history?${older}`}>
                {t("history.older")}
              </a>
            )}
          </p>
        </>
      )}
    </>
  );
}
