import { readFileSync } from "node:fs";
import path from "node:path";
import { ImageResponse } from "next/og";
import { DrawnPicture, PICTURE } from "@/app/_components/drawn-picture";
import type { Picture } from "@/app/_components/picture-in-words";

/** Each has letters that the others lack; as families of one name only the first would be asked. */
const SUBSETS = ["latin", "latin-ext", "cyrillic", "cyrillic-ext"];
const WEIGHTS = [400, 700] as const;

const root = process.cwd();
const fontFile = (subset: string, weight: number) =>
  path.join(root, "node_modules", "@fontsource", "noto-sans", "files", `noto-sans-${subset}-${weight}-normal.woff`);

let read: { fonts: { name: string; data: Buffer; weight: 400 | 700; style: "normal" }[]; icon: string } | undefined;

/** Fonts and sign, read when the first picture is asked for. */
function materials() {
  read ??= {
    fonts: SUBSETS.flatMap((name) =>
      WEIGHTS.map((weight) => ({ name, weight, style: "normal" as const, data: readFileSync(fontFile(name, weight)) })),
    ),
    icon: `data:image/svg+xml;base64,${readFileSync(path.join(root, "app", "icon.svg")).toString("base64")}`,
  };
  return read;
}

/** A share picture as PNG, 1200 by 630 pixels. */
export async function drawPicture(picture: Picture): Promise<Uint8Array<ArrayBuffer>> {
  const { fonts, icon } = materials();
  const drawn = new ImageResponse(<DrawnPicture picture={picture} icon={icon} fonts={SUBSETS.join(", ")} />, { ...PICTURE, fonts });
  return new Uint8Array(await drawn.arrayBuffer());
}
