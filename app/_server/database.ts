/** Pages reach the database through here and only hand the handle on to lib. */
export { type Database, readerDb, staffDb } from "@/db/client";
