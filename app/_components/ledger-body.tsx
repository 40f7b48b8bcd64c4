import { commandForAll, commandsOf, NAMES } from "@/app/_server/ledger-by-hand";
import type { LedgerRecord } from "@/app/_server/ledger-record";
import type { Words } from "@/lib/i18n/words";
import type { SealedEntry, SignedHead } from "@/lib/ledger/chain";
import { Section } from "./section";

function Command({ id, said, asked, answer }: { id: string; said: string; asked: string; answer: string }) {
  return (
    <figure className="example">
      <figcaption>{said}</figcaption>
      <pre lang="en" id={id}>
        <code>{asked}</code>
      </pre>
      <pre lang="en" id={`${id}-answer`}>
        <samp>{answer}</samp>
      </pre>
    </figure>
  );
}

function ByHand({ example, head, words }: { example: SealedEntry; head: SignedHead; words: Words }) {
  const { t, language } = words;
  const { content, entry, signature } = commandsOf(example, head);
  return (
    <Section id="by-hand" title={t("ledger.byHand")}>
      <p>{t("ledger.byHandText", NAMES)}</p>
      <Command id="its-content" said={t("ledger.content")} {...content} />
      <p>
        {t("ledger.compare")} <a href={`/${language}/snapshots/${encodeURIComponent(example.id)}`}>{t("ledger.figure")}</a>
      </p>
      <Command id="its-entry" said={t("ledger.entry", NAMES)} {...entry} />
      <Command id="its-head" said={t("ledger.onward", NAMES)} {...signature} />
    </Section>
  );
}

function Head({ head, turn, words }: { head: SignedHead; turn: string | undefined; words: Words }) {
  const { t, language } = words;
  const facts = [
    { label: t("ledger.entries"), said: words.number(head.n) },
    { label: t("ledger.sealed"), said: words.instant(new Date(head.sealed_at)) },
    { label: t("ledger.hash"), said: <code>{head.hash}</code> },
    { label: t("ledger.key", NAMES), said: <code>{head.key}</code> },
    { label: t("ledger.signature"), said: <code>{head.signature}</code> },
  ];
  const ways = [
    { address: "/api/v1/ledger/head", text: t("ledger.headFile") },
    { address: `/feed/ledger.atom?lang=${language}`, text: t("ledger.feed") },
    { address: "/data/muhlat.zip", text: t("ledger.package") },
    { address: "/api/v1/ledger", text: t("ledger.all") },
  ];
  return (
    <Section id="head" title={t("ledger.head")}>
      <dl className="facts">
        {facts.map(({ label, said }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{said}</dd>
          </div>
        ))}
      </dl>
      {turn && <p className="aside">{t("ledger.waiting")}</p>}
      <p>{t("ledger.keep")}</p>
      <ul>
        {ways.map(({ address, text }) => (
          <li key={address}>
            <a className="tap" href={address}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Points({ points }: { points: readonly string[] }) {
  return (
    <ul>
      {points.map((point) => (
        <li key={point}>{point}</li>
      ))}
    </ul>
  );
}

/** What the ledger is, where it ends, how anybody checks one figure and all of them, and what that proves. */
export function LedgerBody({ head, example, turn, origin, words }: LedgerRecord & { origin: string; words: Words }) {
  const { t } = words;
  return (
    <div data-turns={turn}>
      <h1>{t("ledger.title")}</h1>
      <p className="lead">{t("ledger.lead")}</p>
      {head ? <Head head={head} turn={turn} words={words} /> : <p className="nothing">{t("ledger.none")}</p>}
      {head && example && <ByHand example={example} head={head} words={words} />}
      <Section id="everything" title={t("ledger.everything")}>
        <p>{t("ledger.everythingText")}</p>
        <figure className="example">
          <pre lang="en">
            <code>{commandForAll(origin)}</code>
          </pre>
        </figure>
      </Section>
      <Section id="proves" title={t("ledger.proves")}>
        <Points points={[t("ledger.provesChange"), t("ledger.provesTime")]} />
      </Section>
      <Section id="does-not" title={t("ledger.doesNot")}>
        <Points points={[t("ledger.doesNotTruth"), t("ledger.doesNotRebuilt"), t("ledger.doesNotLast"), t("ledger.doesNotPrivate")]} />
      </Section>
    </div>
  );
}
