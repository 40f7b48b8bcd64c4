import { PublicDocument, publicMetadata, publicViewport } from "@/app/_server/public-document";

// Pages that read their query.
// Every page is made for its request: what staff publish is there at the next one.
export const dynamic = "force-dynamic";

export const viewport = publicViewport;
export const generateMetadata = publicMetadata;
export default PublicDocument;
