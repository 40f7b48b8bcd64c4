import fc from "fast-check";

/** Texts of any letters and signs there are, those that steer included; half of them from where these are dense. */
export const anyText = (maxLength: number) =>
  fc
    .array(fc.oneof(fc.integer({ min: 0, max: 0xff }), fc.integer({ min: 0, max: 0x10ffff })), { maxLength })
    // Halves of a pair are no letters, and no file can hold them.
    .map((points) => String.fromCodePoint(...points.filter((point) => point < 0xd800 || point > 0xdfff)));
