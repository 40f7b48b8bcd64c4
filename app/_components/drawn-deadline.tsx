import type { DeadlineState } from "@/lib/deadlines/rules";

/** A piece of text as it stands on a card; `language` where it is another than the card's. */
export type Piece = { text: string; language?: string; link?: string; aside?: boolean };

/** A deadline in one language, ready to be drawn: every text chosen, every date written out. */
export type Card = {
  /** Names the card in its page. */
  id: string;
  state: DeadlineState["state"];
  sign: string;
  ends: string;
  day: string;
  stateInWords: string;
  /** What was moved to make this deadline; null where nothing was. */
  extended: string | null;
  noLater: string | null;
  /** The last moment where it falls and where the visitor is, and whether the day itself counts. */
  moments: string[];
  facts: { name: string; lines: Piece[][] }[];
};

/** What a card needs to count in a reader's browser (`browser/countdown.ts`). */
export type Ticking = {
  /** When it was counted, in words: true of what is sent, however long ago. */
  counted: string;
  /** The instant at which the words of the card become others; null where they never do. */
  turns: string | null;
  dayUnit: string;
  /** What is said to those who hear the page, by the seconds left. */
  milestones: Record<number, string>;
  /** The card once its time is over; null where it is over already. */
  after: Card | null;
};

function DrawnPiece({ piece }: { piece: Piece }) {
  const text = piece.link ? (
    <a href={piece.link} rel="noreferrer">
      {piece.text}
    </a>
  ) : (
    piece.text
  );
  if (piece.aside) return <small className="aside">{text}</small>;
  return piece.language ? <span lang={piece.language}>{text}</span> : text;
}

/** Everything about a deadline beside when it falls: whom it binds, what follows, its basis and source. */
export function DeadlineFacts({ card }: { card: Card }) {
  return (
    <dl className="facts">
      {card.facts.map(({ name, lines }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {lines.map((pieces) => (
              <span className="line" key={pieces.map((piece) => piece.text).join(" ")}>
                {pieces.map((piece, index) => (
                  <span key={piece.text}>
                    {index > 0 && " "}
                    <DrawnPiece piece={piece} />
                  </span>
                ))}
              </span>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

type Props = {
  card: Card;
  /** Draws it so that it counts where scripts run. */
  ticking?: Ticking | undefined;
  /** How much of it: where it stands and the day; its moments too; or the facts as well. */
  extent?: "state" | "moments" | "all";
  heading?: "h2" | "h3";
};

/** Draws a card; it needs no messages, so that a form can show one before it is public. */
export function DrawnDeadline({ card, ticking, extent = "all", heading: Heading = "h3" }: Props) {
  return (
    <article
      className={`deadline deadline-${card.state}`}
      id={card.id}
      data-turns={ticking?.turns ?? undefined}
      data-until={ticking?.after ? card.ends : undefined}
      data-milestones={ticking?.after ? JSON.stringify(ticking.milestones) : undefined}
    >
      <p className="state">
        <span className="sign" aria-hidden="true">
          {card.sign}
        </span>
        {card.stateInWords}
      </p>
      {ticking?.after && <p className="ticking" aria-hidden="true" data-ticking="" data-day={ticking.dayUnit} hidden />}
      <Heading>
        <time dateTime={card.ends}>{card.day}</time>
      </Heading>
      {card.noLater && <p>{card.noLater}</p>}
      {extent !== "state" && (
        <>
          {card.moments.map((moment) => (
            <p className="moment" key={moment}>
              {moment}
            </p>
          ))}
          {card.extended && <p className="moment">{card.extended}</p>}
        </>
      )}
      {ticking && <p className="counted">{ticking.counted}</p>}
      {extent === "all" && <DeadlineFacts card={card} />}
      {ticking && <p className="heard" aria-live="polite" />}
      {ticking?.after && (
        <template data-after="">
          <DrawnDeadline
            card={ticking.after}
            ticking={{ ...ticking, counted: ticking.milestones[0] ?? "", turns: null, after: null }}
            extent={extent}
            heading={Heading}
          />
        </template>
      )}
    </article>
  );
}
