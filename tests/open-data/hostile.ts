import fc from "fast-check";

const BITS = [
  "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:x",
  "\nBEGIN:VALARM",
  "\\",
  "\\n",
  ";",
  ",",
  ":",
  '"',
  "]]>",
  "<![CDATA[",
  "</entry><entry>",
  "<script>alert(1)</script>",
  "&amp;",
  "&#0;",
  "\u0000",
  "\u0008",
  "\u000b",
  "\u0085",
  "\u2028",
  "\u202e",
  "\u2067",
  "\u200f",
  "\ufffe",
  "\ud83d",
  "👩‍👩‍👧‍👦",
  "ʻўөүңӣӯҳҷқғ",
  "\t",
  "\r",
  " ",
];

/** Texts that mean to be more than a text in a calendar, in XML or in JSON; some very long. */
export const hostile = fc.oneof(
  fc
    .array(fc.oneof(fc.constantFrom(...BITS), fc.string({ unit: "binary", maxLength: 20 }), fc.string({ maxLength: 20 })), {
      minLength: 1,
      maxLength: 12,
    })
    .map((parts) => parts.join("")),
  fc.constantFrom(...BITS).map((bit) => bit.repeat(400)),
);

/** What of a text files may carry, told independently of how the product leaves it out. */
export const bare = (text: string) => [...text].filter((sign) => /[\p{L}\p{N}]/u.test(sign)).join("");
