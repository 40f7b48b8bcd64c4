import { crc32, deflateSync } from "node:zlib";

/** A PDF of one empty page; `more` stands in its catalogue, `trailer` in its trailer. */
export function pdf(more = "", trailer = ""): Buffer {
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${more}>>`,
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] >>",
  ];
  let text = "%PDF-1.4\n";
  const places = objects.map((object, index) => {
    const place = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, "0")} 00000 n \n`;
  });
  const table = text.length;
  text += `xref\n0 4\n0000000000 65535 f \n${places.join("")}trailer\n<< /Size 4 /Root 1 0 R ${trailer}>>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(text, "latin1");
}

const chunk = (type: string, data: Buffer) => {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const bytes = Buffer.alloc(named.length + 8);
  bytes.writeUInt32BE(data.length, 0);
  named.copy(bytes, 4);
  bytes.writeUInt32BE(crc32(named), named.length + 4);
  return bytes;
};

/** A white picture of one pixel; `between` is put between its data and its end. */
export function png(between: Buffer = Buffer.alloc(0)): Buffer {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = chunk("IDAT", deflateSync(Buffer.from([0, 255])));
  return Buffer.concat([signature, chunk("IHDR", header), data, between, chunk("IEND", Buffer.alloc(0))]);
}

/** A picture as large as wanted: padded with a chunk that readers pass over. */
export const pngOf = (bytes: number) => png(chunk("teSt", Buffer.alloc(bytes - png().length - 12)));

/** A grey picture of one pixel, as ImageMagick writes it. */
export const jpeg = () =>
  Buffer.from(
    [
      "ffd8ffe000104a46494600010100000100010000ffdb004300281c1e231e19282321232d2b28303c64413c37373c7b585d4964918099968f808c8aa0b4",
      "e6c3a0aadaad8a8cc8ffcbdaeef5ffffff9bc1fffffffaffe6fdfff8ffc0000b080001000101011100ffc4001400010000000000000000000000000000",
      "0000ffc40014100100000000000000000000000000000000ffda0008010100003f003fffd9",
    ].join(""),
    "hex",
  );
