import { BrowserModule } from "@/app/_server/browser-module";
import { messageOf, type Told } from "@/lib/deadlines/message";
import { chatsFor, linkText } from "@/lib/deadlines/ways-out";
import { LANGUAGES, type Language, languages } from "@/lib/i18n/languages";
import { type Words, wordsFor } from "@/lib/i18n/words";
import { FEED_KINDS } from "@/lib/open-data/feed-kinds";

type Props = {
  /** The address browsers find this server under. */
  origin: string;
  /** Whose calendars and feeds, or ALL. */
  countries: readonly string[];
  /** The page that the message leads to, behind its language: `countries/kg`. */
  path: string;
  /** The deadline that the message tells of; none where none is known. */
  told: Told | undefined;
  /** Where their capital is. */
  zone: string | undefined;
  now: Date;
  words: Words;
};

/** A message to pass on in one language: to read, to copy, to send with what the phone has. */
function Message({ language, message, address, words }: { language: Language; message: string; address: string; words: Words }) {
  const { t } = words;
  return (
    <div className="message">
      <textarea
        readOnly
        lang={language}
        rows={9}
        aria-label={t("takeAlong.messageIn", { language: LANGUAGES[language].name })}
        defaultValue={message}
      />
      <p className="ways">
        <button type="button" hidden data-copy="">
          {t("takeAlong.copy")}
        </button>
        <a className="button" href={`sms:?body=${linkText(message)}`}>
          {t("takeAlong.sms")}
        </a>
        {chatsFor(message, address).map(({ name, href }) => (
          <a className="button" key={name} href={href} rel="noreferrer">
            {name}
          </a>
        ))}
      </p>
      <p role="status" className="told" />
    </div>
  );
}

/** The calendar and the feeds of one country; named where others stand beside it. */
function Followed({ country, named, origin, words }: { country: string; named: boolean } & Pick<Props, "origin" | "words">) {
  const { t, language } = words;
  const code = country.toLowerCase();
  const calendar = `${origin}/calendar/${code}.ics?lang=${language}`;
  return (
    <>
      {named && <h3>{words.country(country)}</h3>}
      <p className="ways">
        <a className="button" href={calendar.replace(/^https?:/, "webcal:")}>
          {t("takeAlong.subscribe")}
        </a>
        <a className="button" href={calendar}>
          {t("takeAlong.download")}
        </a>
      </p>
      <p className="feeds">
        {t("takeAlong.feeds")}
        {FEED_KINDS.map(({ name, ending, type }) => (
          <a key={ending} href={`/feed/${code}.${ending}?lang=${language}`} type={type}>
            {name}
          </a>
        ))}
      </p>
    </>
  );
}

/** What a visitor takes along of a deadline: the calendar, the feeds, the page on paper or in a chat, and a message in five languages. */
export function TakeAlong({ origin, countries, path, told, zone, now, words }: Props) {
  const { t, language } = words;
  const messageIn = (other: Language) => {
    const address = `${origin}/${other}/${path}`;
    return (
      told && <Message language={other} message={messageOf(told, zone, now, address, wordsFor(other))} address={address} words={words} />
    );
  };
  return (
    <section
      className="take-along"
      aria-labelledby="take-along"
      data-copied={t("takeAlong.copied")}
      data-not-copied={t("takeAlong.notCopied")}
      data-address-copied={t("takeAlong.addressCopied")}
    >
      <h2 id="take-along">{t("takeAlong.title")}</h2>
      <p>{t("takeAlong.lead")}</p>
      {countries.map((country) => (
        <Followed key={country} country={country} named={countries.length > 1} origin={origin} words={words} />
      ))}
      <p className="ways">
        <button type="button" hidden data-share="">
          {t("takeAlong.share")}
        </button>
        <button type="button" hidden data-print="">
          {t("takeAlong.print")}
        </button>
      </p>
      <p role="status" className="told" />
      {told && (
        <>
          <h3>{t("takeAlong.message")}</h3>
          {messageIn(language)}
          <h4>{t("takeAlong.otherLanguages")}</h4>
          {languages
            .filter((other) => other !== language)
            .map((other) => (
              <details key={other}>
                <summary lang={other}>{LANGUAGES[other].name}</summary>
                {messageIn(other)}
              </details>
            ))}
        </>
      )}
      <BrowserModule name="take-along" />
    </section>
  );
}
