import { type Deadline, endsAt } from "@/lib/deadlines/rules";
import { momentOf } from "@/lib/moments/rules";

/** A deadline as rules see it, for everybody on the gray list. */
export const deadline = (statementId: string, fallsOn: string, told: Partial<Deadline> = {}): Deadline => {
  const zone = told.zone ?? "Europe/Moscow";
  const dayCounts = told.dayCounts ?? true;
  return {
    statementId,
    revision: 1,
    chain: "regularisation",
    replaces: null,
    cancelled: false,
    countries: ["ALL"],
    exceptCountries: [],
    scopeAsReported: false,
    measure: "gray_list",
    fallsOn,
    zone,
    dayCounts,
    endsAt: endsAt(fallsOn, zone, dayCounts),
    basis: { en: "Decree" },
    basisUrl: null,
    consequence: {},
    afterwards: {},
    knownFrom: momentOf("2025-01-01").to,
    source: { id: "source", title: "Somewhere", publishedOn: null, url: null },
    ...told,
  };
};

/** One deadline and its extension, as on record. */
export const april = deadline("april", "2025-04-30");
export const september = deadline("september", "2025-09-10", { replaces: "april", knownFrom: momentOf("2025-05-16").to });
