import { SaxesParser } from "saxes";
import { fitText } from "@/lib/open-data/text";

/** A piece of a page as it is sent: an element, or text. */
export type Piece = Element | string;
export type Element = { name: string; attributes: Record<string, string>; pieces: Piece[] };

/** Reads the markup that React makes, which is well-formed. */
export function readMarkup(markup: string): Piece[] {
  const root: Element = { name: "", attributes: {}, pieces: [] };
  const open = [root];
  const parser = new SaxesParser({ fragment: true });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const said = Object.entries(attributes).map(([key, value]) => [key, String(value)]);
    const element: Element = { name, attributes: Object.fromEntries(said), pieces: [] };
    open.at(-1)?.pieces.push(element);
    open.push(element);
  });
  parser.on("text", (text) => open.at(-1)?.pieces.push(text));
  parser.on("closetag", () => void open.pop());
  parser.write(fitText(markup)).close();
  return root.pieces;
}

/** What an element says, in one line. */
export const textOf = (piece: Piece): string =>
  typeof piece === "string" ? piece : piece.name === "svg" || piece.name === "title" ? "" : piece.pieces.map(textOf).join("");

const MARKS: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** A text as it may stand in XML, between tags or in an attribute. */
export const escaped = (text: string): string => fitText(text).replace(/[&<>"]/g, (mark) => MARKS[mark] ?? "");

/** An element written as XML; attributes that are undefined are left out. */
export function tag(name: string, attributes: Record<string, string | number | undefined>, inside: string): string {
  const said = Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escaped(String(value))}"`]));
  return inside === "" ? `<${name}${said.join("")}/>` : `<${name}${said.join("")}>${inside}</${name}>`;
}
