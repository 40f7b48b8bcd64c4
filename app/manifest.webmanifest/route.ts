import type { MetadataRoute } from "next";
import { isLanguage } from "@/lib/i18n/languages";
import { wordsFor } from "@/lib/i18n/words";

export const dynamic = "force-dynamic";

const icon = (file: string, size: number, purpose: "any" | "maskable") => ({
  src: `/icons/${file}.png`,
  sizes: `${size}x${size}`,
  type: "image/png",
  purpose,
});

/**
 * What a phone needs to put Muhlat on its home screen. With `?lang=ky` it opens in that language, which
 * may be another than the phone's own; it is one and the same app in all of them.
 */
export function GET(request: Request): Response {
  const asked = new URL(request.url).searchParams.get("lang") ?? "";
  const { t, language } = wordsFor(isLanguage(asked) ? asked : "en");
  const manifest: MetadataRoute.Manifest = {
    id: "/",
    name: t("site.name"),
    short_name: t("site.name"),
    description: t("site.description"),
    lang: language,
    dir: "ltr",
    start_url: isLanguage(asked) ? `/${asked}` : "/",
    scope: "/",
    display: "standalone",
    background_color: "#fbfaf7",
    theme_color: "#0b4f8a",
    icons: [icon("icon-192", 192, "any"), icon("icon-512", 512, "any"), icon("maskable-512", 512, "maskable")],
  };
  return Response.json(manifest, {
    headers: { "Content-Type": "application/manifest+json; charset=utf-8", "Cache-Control": "public, max-age=0, must-revalidate" },
  });
}
