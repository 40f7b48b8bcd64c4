import { languages } from "@/lib/i18n/languages";
import { type Words, wordsFor } from "@/lib/i18n/words";
import { measureCodes } from "@/lib/measures/rules";
import { API, coverageOf, type Dataset, WAYS } from "./dataset";
import { LICENCE } from "./descriptor";

const described = ({ t }: Words) => `${t("site.description")} ${t("data.description")}`;

/** The dataset as search engines read it: schema.org's Dataset, in the words of a page. */
export function datasetLd({ pinned, version, extent }: Dataset, origin: string, words: Words): object {
  const { t, language } = words;
  const us = { "@type": "Organization", name: t("site.name"), url: `${origin}/${language}` };
  const ways = [
    ...WAYS.map(({ path, type, text }) => ({ name: t(text), encodingFormat: type, contentUrl: `${origin}${path}` })),
    { name: t("data.guide"), encodingFormat: "application/json", contentUrl: `${origin}${API.example}` },
  ];
  return {
    "@context": "https://schema.org/",
    "@type": "Dataset",
    "@id": `${origin}/data/muhlat.zip`,
    name: t("data.name"),
    description: described(words),
    url: `${origin}/${language}/data`,
    inLanguage: language,
    license: LICENCE.path,
    creator: us,
    publisher: us,
    version,
    dateModified: pinned.recordedAt.toISOString(),
    isAccessibleForFree: true,
    keywords: [t("data.name"), ...measureCodes.map((measure) => t(`measures.${measure}`))],
    ...(extent && { temporalCoverage: `${coverageOf(extent).from}/${coverageOf(extent).to}` }),
    spatialCoverage: { "@type": "Place", name: words.country("RU") },
    variableMeasured: measureCodes.map((measure) => ({
      "@type": "PropertyValue",
      name: t(`measures.${measure}`),
      propertyID: measure,
      description: t(`explained.${measure}`),
    })),
    distribution: ways.map((way) => ({ "@type": "DataDownload", ...way })),
  };
}

const inEach = (text: (words: Words) => string) =>
  languages.map((language) => ({ "@language": language, "@value": text(wordsFor(language)) }));
const id = (address: string) => ({ "@id": address });

/** The catalogue record of the dataset: DCAT 3 as JSON-LD, in five languages. */
export function catalogLd({ pinned, version, extent }: Dataset, origin: string): object {
  const time = (value: string) => ({ "@type": "xsd:dateTime", "@value": value });
  const day = (value: string) => ({ "@type": "xsd:date", "@value": value });
  const dataset = `${origin}/data/muhlat.zip#dataset`;
  const service = `${origin}${API.base}#service`;
  const publisher = {
    "@id": `${origin}/#publisher`,
    "@type": "foaf:Agent",
    "foaf:name": wordsFor("en").t("site.name"),
    "foaf:homepage": id(origin),
  };
  const period = extent && {
    "@type": "dct:PeriodOfTime",
    "dcat:startDate": day(coverageOf(extent).from),
    "dcat:endDate": day(coverageOf(extent).to),
  };
  return {
    "@context": {
      dcat: "http://www.w3.org/ns/dcat#",
      dct: "http://purl.org/dc/terms/",
      foaf: "http://xmlns.com/foaf/0.1/",
      xsd: "http://www.w3.org/2001/XMLSchema#",
    },
    "@id": `${origin}/data/catalog.jsonld`,
    "@type": "dcat:Catalog",
    "dct:title": inEach(({ t }) => t("site.name")),
    "dct:description": inEach(({ t }) => t("site.description")),
    "dct:publisher": publisher,
    "dct:license": id(LICENCE.path),
    "foaf:homepage": id(`${origin}/en/data`),
    "dcat:dataset": {
      "@id": dataset,
      "@type": "dcat:Dataset",
      "dct:title": inEach(({ t }) => t("data.name")),
      "dct:description": inEach(described),
      "dct:publisher": id(publisher["@id"]),
      "dct:license": id(LICENCE.path),
      "dct:modified": time(pinned.recordedAt.toISOString()),
      "dcat:version": version,
      "dct:accrualPeriodicity": id("http://publications.europa.eu/resource/authority/frequency/IRREG"),
      "dct:spatial": id("http://publications.europa.eu/resource/authority/country/RUS"),
      ...(period && { "dct:temporal": period }),
      "dcat:landingPage": id(`${origin}/en/data`),
      "dcat:distribution": WAYS.map(({ path, type, text }) => ({
        "@id": `${origin}${path}#distribution`,
        "@type": "dcat:Distribution",
        "dct:title": inEach(({ t }) => t(text)),
        "dct:license": id(LICENCE.path),
        "dcat:accessURL": id(`${origin}/en/data`),
        "dcat:downloadURL": id(`${origin}${path}`),
        "dcat:mediaType": id(`https://www.iana.org/assignments/media-types/${type}`),
      })),
    },
    "dcat:service": {
      "@id": service,
      "@type": "dcat:DataService",
      "dct:title": inEach(({ t }) => t("data.guide")),
      "dcat:endpointURL": id(`${origin}${API.base}`),
      "dcat:endpointDescription": id(`${origin}${API.described}`),
      "dcat:servesDataset": id(dataset),
    },
  };
}
