import { SaxesParser } from "saxes";
import { MOST_BETWEEN_TAGS, MOST_DEPTH } from "./limits";
import { FileRefusal } from "./refusal";

/** What to do at each tag and text; the names of tags come without their prefix. */
export type XmlHandlers = {
  open: (name: string, attributes: Record<string, string>) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
};

const local = (name: string) => name.slice(name.indexOf(":") + 1);

/**
 * Reads XML as its bytes come. Yields after each piece, so that what the handlers have gathered can
 * be handed on before more is read.
 * @throws FileRefusal `damaged` where it is not well-formed UTF-8 and XML to its end,
 *   `declares_entities`, `too_much_inside` for what would have to be kept whole
 */
export async function* readXml(pieces: AsyncIterable<Uint8Array>, handlers: XmlHandlers): AsyncGenerator<void> {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let sinceTag = 0;
  let depth = 0;
  parser.on("error", () => {
    throw new FileRefusal("damaged");
  });
  parser.on("doctype", () => {
    throw new FileRefusal("declares_entities");
  });
  parser.on("opentag", ({ name, attributes }) => {
    sinceTag = 0;
    depth += 1;
    if (depth > MOST_DEPTH) throw new FileRefusal("too_much_inside");
    handlers.open(local(name), attributes);
  });
  parser.on("closetag", ({ name }) => {
    sinceTag = 0;
    depth -= 1;
    handlers.close?.(local(name));
  });
  if (handlers.text) {
    parser.on("text", handlers.text);
    parser.on("cdata", handlers.text);
  }
  for await (const piece of pieces) {
    sinceTag += piece.length;
    parser.write(decode(decoder, piece));
    if (sinceTag > MOST_BETWEEN_TAGS) throw new FileRefusal("too_much_inside");
    yield;
  }
  parser.write(decode(decoder));
  parser.close();
  yield;
}

function decode(decoder: TextDecoder, piece?: Uint8Array): string {
  try {
    return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
  } catch {
    throw new FileRefusal("damaged");
  }
}
