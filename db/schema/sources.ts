import { boolean, text } from "drizzle-orm/pg-core";
import { instant, revisionColumns } from "./columns";
import { record } from "./schemas";

export const sources = record.table("sources", {
  ...revisionColumns,
  title: text("title").notNull(),
  publisher: text("publisher"),
  speaker: text("speaker"),
  speakerRole: text("speaker_role"),
  publishedOn: text("published_on"),
  publishedFrom: instant("published_from"),
  publishedTo: instant("published_to"),
  url: text("url"),
  copyId: text("copy_id"),
  copyPublic: boolean("copy_public").notNull().default(false),
  importId: text("import_id"),
  tokenId: text("token_id"),
});
