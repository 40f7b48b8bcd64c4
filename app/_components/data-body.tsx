import type { Example } from "@/app/_server/open-files/examples";
import { ALL } from "@/lib/countries/rules";
import type { Words } from "@/lib/i18n/words";
import { FEED_KINDS } from "@/lib/open-data/feed-kinds";
import type { Extent } from "@/lib/snapshots/extent";
import type { Vintage } from "@/lib/vintage";
import { Section } from "./section";

type Props = {
  pinned: Required<Vintage>;
  version: string;
  extent: Extent | undefined;
  files: readonly { address: string; label: string }[];
  /** Where the newest package is, for ever. */
  address: string;
  licence: { title: string; path: string };
  described: string;
  examples: readonly Example[];
  /** A program that records with a token. */
  entry: string;
  words: Words;
};

function Links({ links }: { links: readonly { address: string; label: string }[] }) {
  return (
    <ul>
      {links.map(({ address, label }) => (
        <li key={address}>
          <a className="tap" href={address}>
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** A program that runs as it stands. */
function Program({ id, caption, code }: { id: string; caption: string; code: string }) {
  return (
    <figure className="example">
      <figcaption>{caption}</figcaption>
      <pre lang="en" id={id}>
        <code>{code}</code>
      </pre>
    </figure>
  );
}

/** What there is to take along, of which state, under which licence, and how programs read it. */
export function DataBody({ pinned, version, extent, files, address, licence, described, examples, entry, words }: Props) {
  const { t, language } = words;
  const feeds = FEED_KINDS.map(({ ending }, index) => ({
    address: `/feed/${ALL.toLowerCase()}.${ending}?lang=${language}`,
    label: index === 0 ? t("data.newFeed") : t("data.newFeedJson"),
  }));
  const state = [
    ...(extent
      ? [
          { label: t("data.rows"), said: words.number(extent.statements) },
          { label: t("data.newest"), said: words.moment(extent.newest) },
        ]
      : []),
    { label: t("data.recorded"), said: words.instant(pinned.recordedAt) },
    { label: t("data.version"), said: version },
  ];
  const cited = { name: t("data.name"), version, day: words.day(pinned.knownOn), address };
  return (
    <>
      <h1>{t("data.title")}</h1>
      <p className="lead">{t("data.lead")}</p>
      <Section id="files" title={t("data.files")}>
        <Links links={files} />
        <p>{t("data.filesLimit")}</p>
      </Section>
      <Section id="state" title={t("data.state")}>
        <dl className="facts">
          {state.map(({ label, said }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{said}</dd>
            </div>
          ))}
        </dl>
        <p>{t("data.versionText")}</p>
        <p>{t("data.new")}</p>
        <Links links={[{ address: `/${language}/corrections`, label: t("data.newCorrections") }, ...feeds]} />
      </Section>
      <Section id="changes" title={t("data.changes")}>
        <p>{t("data.changesText")}</p>
      </Section>
      <Section id="licence" title={t("data.licence")}>
        <p>{t("files.licenceText")}</p>
        <Links links={[{ address: licence.path, label: licence.title }]} />
      </Section>
      <Section id="cite" title={t("data.cite")}>
        <p className="citation">{t("data.citation", cited)}</p>
      </Section>
      <Section id="api" title={t("data.guide")}>
        <p>{t("data.guideText")}</p>
        <Links links={[{ address: described, label: t("data.guideDescription") }]} />
        <p>{t("data.guidePages")}</p>
        <p>{t("data.guideLimit")}</p>
        <h3>{t("data.examples")}</h3>
        <p>{t("data.examplesText")}</p>
        {examples.map(({ name, code }) => (
          <Program key={name} id={name} caption={t(`data.${name}`)} code={code} />
        ))}
        <h3 id="entry">{t("data.entry")}</h3>
        <p>{t("data.entryText")}</p>
        <p>{t("data.entryKey")}</p>
        <Program id="entry-curl" caption={t("data.entryCurl")} code={entry} />
      </Section>
    </>
  );
}
