import { queryOf, type View } from "@/lib/explore/rules/view";
import type { Words } from "@/lib/i18n/words";

/** The files of a view by their names, with the names of their texts. */
const FILES = [
  ["figures.csv", "csv"],
  ["figures-excel.csv", "excel"],
  ["figures.xlsx", "xlsx"],
  ["figures.json", "json"],
  ["chart.svg", "svg"],
  ["chart.png", "png"],
] as const;

/** What is shown, as files to take along. */
export function ExploreDownloads({ view, words: { t, language } }: { view: View; words: Words }) {
  return (
    <section aria-labelledby="download">
      <h2 id="download">{t("explore.download")}</h2>
      <div className="choice">
        <ul>
          {FILES.map(([file, text]) => (
            <li key={file}>
              <a href={`/${language}/explore/${file}${queryOf(view)}`} download>
                {t(`explore.files.${text}`)}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
