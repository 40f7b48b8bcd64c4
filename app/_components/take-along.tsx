import { BrowserModule } from "@/app/_server/browser-module";
import { messageOf } from "@/lib/deadlines/message";
import type { Chain } from "@/lib/deadlines/rules";
import { chatsFor, linkText } from "@/lib/deadlines/ways-out";
import { LANGUAGES, type Language, languages } from "@/lib/i18n/languages";
import { type Words, wordsFor } from "@/lib/i18n/words";
import { FEED_KINDS } from "@/lib/open-data/feed-kinds";

type Props = {
  /** The address browsers find this server under. */
  origin: string;
  /** Whose deadlines, or ALL. */
  country: string;
  /** The deadline that the message tells of; none where none is known. */
  chain: Chain | undefined;
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

/** What a visitor takes along of a deadline: the calendar, the feeds, the page on paper or in a chat, and a message in five languages. */
export function TakeAlong({ origin, country, chain, zone, now, words }: Props) {
  const { t, language } = words;
  const code = country.toLowerCase();
  const calendar = `${origin}/calendar/${code}.ics?lang=${language}`;
  const addressIn = (other: Language) => `${origin}/${other}/countries/${code}`;
  const messageIn = (other: Language) =>
    chain && (
      <Message
        language={other}
        message={messageOf(chain, country, zone, now, addressIn(other), wordsFor(other))}
        address={addressIn(other)}
        words={words}
      />
    );
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
      <p className="ways">
        <a className="button" href={calendar.replace(/^https?:/, "webcal:")}>
          {t("takeAlong.subscribe")}
        </a>
        <a className="button" href={calendar}>
          {t("takeAlong.download")}
        </a>
        <button type="button" hidden data-share="">
          {t("takeAlong.share")}
        </button>
        <button type="button" hidden data-print="">
          {t("takeAlong.print")}
        </button>
      </p>
      <p role="status" className="told" />
      <p className="feeds">
        {t("takeAlong.feeds")}
        {FEED_KINDS.map(({ name, ending, type }) => (
          <a key={ending} href={`/feed/${code}.${ending}?lang=${language}`} type={type}>
            {name}
          </a>
        ))}
      </p>
      {chain && (
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
