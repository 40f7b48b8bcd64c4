import type { ComponentProps } from "react";
import { PublicDocument, publicMetadata, publicViewport } from "@/app/_server/public-document";

// Finished documents: nothing of ours runs in the reader's browser, and the query is not read.
// Every page is made for its request: what staff publish is there at the next one.
export const dynamic = "force-dynamic";

export const viewport = publicViewport;
export const generateMetadata = publicMetadata;

export default function LightLayout(props: Omit<ComponentProps<typeof PublicDocument>, "light">) {
  return <PublicDocument {...props} light />;
}
