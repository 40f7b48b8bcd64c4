import { readerDb } from "@/db/client";
import { notReadyBecause as reasonOf } from "@/db/ready";

/** Why pages cannot be served yet; undefined when they can. */
export const notReadyBecause = () => reasonOf(readerDb());
