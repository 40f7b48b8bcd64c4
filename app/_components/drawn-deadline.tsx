import type { DeadlineState } from "@/lib/deadlines/rules";

/** A piece of text as it stands on a card; `language` where it is another than the card's. */
export type Piece = { text: string; language?: string; link?: string; aside?: boolean };

/** A public deadline card in one language, ready to be drawn: every text chosen, every date written out. */
export type Card = {
  state: DeadlineState["state"];
  sign: string;
  ends: string;
  day: string;
  stateInWords: string;
  noLater: string | null;
  facts: { name: string; lines: Piece[][] }[];
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

/** Draws a card; it needs no messages, so that a form can show one before it is public. */
export function DrawnDeadline({ card }: { card: Card }) {
  return (
    <article className={`deadline deadline-${card.state}`}>
      <h3>
        <time dateTime={card.ends}>{card.day}</time>
      </h3>
      <p className="state">
        <span aria-hidden="true">{card.sign} </span>
        {card.stateInWords}
      </p>
      {card.noLater && <p>{card.noLater}</p>}
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
    </article>
  );
}
