import { PublicDocument, publicMetadata, publicViewport } from "@/app/_server/public-document";

// Finished documents: nothing of the framework runs in the reader's browser.
// Every page is made for its request: what staff publish is there at the next one.
export const dynamic = "force-dynamic";

export const viewport = publicViewport;
export const generateMetadata = publicMetadata;
export default PublicDocument;
