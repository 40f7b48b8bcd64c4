import { sentence } from "@/app/_server/copy-answer";
import {
  AXES,
  FACETS,
  MOST_COUNTRIES,
  type NotUnderstood,
  ORDERS,
  PARAMETERS,
  type Parameter,
  READINGS,
  SCALES,
  SHOWN,
} from "@/lib/explore/rules/view";
import type { Words } from "@/lib/i18n/words";
import { measureCodes } from "@/lib/measures/rules";

/** Examples of what may be asked. */
const COUNTRIES = "kg,tj";
const DAY = "2025-07-26";

/** What may stand in a parameter, in words. */
function allowed(parameter: Parameter, { t }: Words): string {
  const among = (list: readonly string[]) => `${list.join(", ")}.`;
  switch (parameter) {
    case "c":
      return t("files.allowed.c", { most: MOST_COUNTRIES, example: COUNTRIES, all: "all" });
    case "m":
      return among(measureCodes);
    case "v":
      return among(READINGS);
    case "scale":
      return among(SCALES);
    case "facet":
      return among(FACETS);
    case "y":
      return among(AXES);
    case "view":
      return among(SHOWN);
    case "sort":
      return among(ORDERS);
    case "from":
      return t("files.allowed.from", { year: "2025", month: "2025-07", day: DAY });
    case "to":
      return t("files.allowed.to", { latest: "latest", example: "2025-07" });
    case "at":
      return t("files.allowed.at", { day: DAY });
    case "known":
      return t("files.allowed.known", { day: DAY });
    case "recorded":
      return t("files.allowed.recorded", { known: "known", example: `${DAY}T12:00:00Z` });
    case "find":
      return "";
  }
}

/**
 * The answer where part of an address is not understood, names that we do not know among it: a file never shows
 * something else than was asked. Undefined where all is understood.
 */
export function refusedAddress(asked: URLSearchParams, notUnderstood: readonly NotUnderstood[], words: Words): Response | undefined {
  const { t } = words;
  const unknown = [...new Set(asked.keys())].filter((name) => !PARAMETERS.some((parameter) => parameter === name));
  const lines = [
    ...notUnderstood.map(({ parameter, said }) => ({ part: `${parameter}=${said}`, allowed: allowed(parameter, words) })),
    ...unknown.map((name) => ({ part: name, allowed: t("files.allowed.names", { names: PARAMETERS.join(", ") }) })),
  ].map(({ part, allowed: may }) => t("files.notUnderstood", { part: part.replace(/\p{Cc}/gu, " ").slice(0, 80), allowed: may }));
  return lines.length > 0 ? sentence(400, lines.slice(0, 20).join("\n")) : undefined;
}
