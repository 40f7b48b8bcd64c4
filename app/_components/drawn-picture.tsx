import type { ReactElement } from "react";
import type { Picture } from "./picture-in-words";

/** Width and height of a share picture in pixels, as the chat programs ask for it. */
export const PICTURE = { width: 1200, height: 630 };

const SIDE = 64;
const STRIPE = 22;
const INK = "#1c2430";
const QUIET = "#454e5b";
const COLOUR: Record<Picture["state"], string> = {
  ahead: "#1d6b3f",
  extended: "#1d6b3f",
  last_days: "#8a4b00",
  today: "#8a4b00",
  passed: "#8c2f2f",
  cancelled: "#8c2f2f",
  none: "#56606e",
};

/** The signs of the page's cards, drawn: the fonts for text do not have them. */
const SIGN: Record<Picture["state"], ReactElement> = {
  ahead: <circle cx="12" cy="12" r="9" />,
  last_days: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 3A9 9 0 0 0 12 21Z" fill="currentColor" />
    </>
  ),
  today: <circle cx="12" cy="12" r="9" fill="currentColor" />,
  passed: <path d="M4 4L20 20M20 4L4 20" />,
  extended: <path d="M2 12H21M14 5L21 12L14 19" />,
  cancelled: <path d="M2 12H22" />,
  none: <circle cx="12" cy="12" r="9" strokeDasharray="4 4" />,
};

/** How wide a letter of the bold font, and of the light one, is for its size, on average. */
const LETTER = 0.61;
const LIGHT_LETTER = 0.54;

/** The largest size, in pixels, in which a text stands in one line of a width. */
const sizeIn = (width: number, text: string, most: number, letter = LETTER) => Math.min(most, Math.floor(width / (text.length * letter)));

/** A text whose lines break at spaces only: Kyrgyz and Uzbek join a day to its month by a hyphen. */
function Line({ text, size, colour }: { text: string; size: number; colour: string }) {
  const words = text.split(" ").map((word, place) => ({ word, place }));
  return (
    <div
      style={{ display: "flex", flexWrap: "wrap", columnGap: size * 0.26, marginTop: 10, fontSize: size, lineHeight: 1.25, color: colour }}
    >
      {words.map(({ word, place }) => (
        <span key={place}>{word}</span>
      ))}
    </div>
  );
}

/**
 * A share picture: which day, whose, and how it stands. Made of the few kinds of boxes that the drawing
 * program knows; sizes are such that it reads at a quarter of its width.
 * @param icon the product's sign as a data address
 */
export function DrawnPicture({ picture, icon, fonts }: { picture: Picture; icon: string; fonts: string }) {
  const colour = COLOUR[picture.state];
  const width = PICTURE.width - STRIPE - 2 * SIDE;
  return (
    <div style={{ display: "flex", width: "100%", height: "100%", background: "#fbfaf7", color: INK, fontFamily: fonts }}>
      <div style={{ width: STRIPE, height: "100%", background: colour }} />
      <div style={{ display: "flex", flexDirection: "column", width: PICTURE.width - STRIPE, padding: `44px ${SIDE}px` }}>
        <div style={{ display: "flex", alignItems: "center", justifyContent: "space-between" }}>
          <div style={{ display: "flex", alignItems: "center" }}>
            <img src={icon} width={64} height={64} alt="" />
            <div style={{ marginLeft: 20, fontSize: 40, fontWeight: 700, color: "#0b4f8a" }}>{picture.name}</div>
          </div>
          <div style={{ fontSize: sizeIn(760, picture.country, 48), fontWeight: 700 }}>{picture.country}</div>
        </div>
        <div style={{ display: "flex", flexDirection: "column", flexGrow: 1, justifyContent: "center" }}>
          <div style={{ display: "flex", alignItems: "center", color: colour }}>
            <svg
              width="46"
              height="46"
              viewBox="0 0 24 24"
              fill="none"
              stroke="currentColor"
              strokeWidth="3"
              color={colour}
              aria-hidden="true"
            >
              {SIGN[picture.state]}
            </svg>
            <div style={{ marginLeft: 18, fontSize: picture.date ? 46 : 72, fontWeight: 700 }}>{picture.heading}</div>
          </div>
          {picture.date && (
            <div
              style={{
                fontSize: sizeIn(width, picture.date, 100),
                fontWeight: 700,
                lineHeight: 1.3,
                textDecoration: picture.state === "cancelled" ? "line-through" : "none",
              }}
            >
              {picture.date}
            </div>
          )}
        </div>
        <div style={{ display: "flex", flexDirection: "column" }}>
          {picture.lines.map((line, place) => (
            <Line
              key={line}
              text={line}
              size={
                place === 0 ? Math.max(34, sizeIn(2 * width, line, 38, LIGHT_LETTER)) : Math.max(30, sizeIn(width, line, 33, LIGHT_LETTER))
              }
              colour={place === 0 ? INK : QUIET}
            />
          ))}
        </div>
      </div>
    </div>
  );
}
