/**
 * Threat: a file that is not what it says is stored, and shown under our name.
 *
 * Seen to fail without its control: without the look at a PDF's beginning, what stands before it was taken as one (8 of 50).
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { copyRefusal, recognised } from "@/lib/copies/content";
import { MAX_COPY_BYTES } from "@/lib/copies/rules";
import { jpeg, pdf, png, pngOf } from "../copies/documents";

const KINDS = [
  ["application/pdf", pdf],
  ["image/png", png],
  ["image/jpeg", jpeg],
] as const;

const text = (content: string) => Buffer.from(content, "latin1");

describe.each(KINDS)("%s", (mediaType, make) => {
  test("is recognised whole, also as a part of a larger buffer", () => {
    expect(recognised(make())).toBe(mediaType);
    const within = Buffer.concat([text("before"), make(), text("behind")]);
    expect(recognised(within.subarray(6, 6 + make().length))).toBe(mediaType);
    expect(copyRefusal(make())).toBeUndefined();
  });

  test("is not recognised cut off, wherever", () => {
    const whole = make();
    const line = text("%%EOF\n").length;
    for (let length = 0; length < whole.length - line; length++) expect(recognised(whole.subarray(0, length)), `${length}`).toBeUndefined();
  });

  test.each(["\n", " ", "\0", "\xef\xbb\xbf", "<script>alert(1)</script>\n", "MZ", "%!PS\n"])("is not recognised behind %j", (before) => {
    expect(recognised(Buffer.concat([text(before), make()]))).toBeUndefined();
    expect(copyRefusal(Buffer.concat([text(before), make()]))).toBe("unknown_kind_of_file");
  });

  test("is not recognised by its signature alone", () => {
    for (const length of [3, 8, 16]) expect(recognised(make().subarray(0, length))).toBeUndefined();
    expect(recognised(Buffer.concat([make().subarray(0, 8), text("<html><script>alert(1)</script></html>")]))).toBeUndefined();
  });
});

test("what is none of the three is refused, whatever it is called", () => {
  const others = [
    "GIF89a\x01\x00\x01\x00;",
    "RIFF\x10\0\0\0WEBPVP8 ",
    "PK\x03\x04",
    "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "II*\0",
    "BM",
  ];
  for (const other of others) expect(copyRefusal(text(other)), other).toBe("unknown_kind_of_file");
});

describe("a PNG", () => {
  test("with one bit turned is refused", () => {
    const whole = png();
    for (const at of [20, 45, whole.length - 6]) {
      const broken = Buffer.from(whole);
      broken[at] = (broken[at] ?? 0) ^ 1;
      expect(recognised(broken), `${at}`).toBeUndefined();
    }
  });

  test("with something behind its end is refused", () => {
    expect(recognised(Buffer.concat([png(), text("<script>alert(1)</script>")]))).toBeUndefined();
  });
});

test("a JPEG with what a telephone writes behind it is taken", () => {
  expect(recognised(Buffer.concat([jpeg(), text("SEFHe\0\0\0SEFT")]))).toBe("image/jpeg");
});

describe("a PDF", () => {
  test("with blanks behind its end is taken, one with much else is not", () => {
    expect(recognised(Buffer.concat([pdf(), text("\r\n\0\0")]))).toBe("application/pdf");
    expect(recognised(Buffer.concat([pdf(), Buffer.alloc(2000, 0x20)]))).toBeUndefined();
  });

  test("whose table lies outside it is refused", () => {
    expect(
      recognised(
        text(
          pdf()
            .toString("latin1")
            .replace(/startxref\n\d+/, "startxref\n99999"),
        ),
      ),
    ).toBeUndefined();
  });

  test.each([
    ["a script", pdf("/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> ")],
    ["a program to start", pdf("/OpenAction << /S /Launch /F (cmd.exe) >> ")],
    ["a lock", pdf("", "/Encrypt 5 0 R ")],
  ])("with %s is refused as such", (_what, bytes) => {
    expect(recognised(bytes)).toBe("application/pdf");
    expect(copyRefusal(bytes)).toBe("document_not_plain");
  });

  test("that opens at a page is taken", () => {
    expect(copyRefusal(pdf("/OpenAction [3 0 R /Fit] "))).toBeUndefined();
  });
});

test("the size is looked at first: nothing, 10 MB, and one byte more", () => {
  expect(copyRefusal(Buffer.alloc(0))).toBe("empty_file");
  expect(copyRefusal(pngOf(MAX_COPY_BYTES))).toBeUndefined();
  expect(copyRefusal(pngOf(MAX_COPY_BYTES + 1))).toBe("file_too_large");
});

test("no bytes make it throw, and none are recognised without a signature at their very beginning", () => {
  const signatures = [text("%PDF-"), png().subarray(0, 8), jpeg().subarray(0, 3)];
  const begun = fc
    .tuple(fc.constantFrom(Buffer.alloc(0), ...signatures), fc.uint8Array({ maxLength: 400 }))
    .map(([start, rest]) => Buffer.concat([start, rest]));
  const changed = fc
    .tuple(fc.constantFrom(pdf(), png(), jpeg()), fc.nat(150), fc.nat(255))
    .map(([whole, at, value]) => Buffer.concat([whole.subarray(0, at), Buffer.from([value]), whole.subarray(at + 1)]));
  fc.assert(
    fc.property(fc.oneof(begun, changed), (bytes) => {
      const mediaType = recognised(bytes);
      expect(mediaType === undefined || signatures.some((signature) => bytes.indexOf(signature) === 0)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
