const bytes = new Map(
  Array.from({ length: 256 }, (_, byte) => [new TextDecoder("windows-1251").decode(Uint8Array.of(byte)), byte] as const),
);

/** A text in windows-1251, as Excel in Russian writes it: what has no place there becomes a question mark. */
export const cp1251 = (text: string) => Buffer.from([...text].map((letter) => bytes.get(letter) ?? 0x3f));
