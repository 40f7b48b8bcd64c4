import { newSetUpLink } from "@/lib/staff/write";
import { NOTHING } from "./full-desk";
import { visitsOf } from "./staff-look";
import { EMPTY } from "./staff-visits";

// The first visits are those of nobody: the admin is there once somebody has to be let in.
const look = visitsOf("skip", async ({ db }) => ({ ...NOTHING, link: await newSetUpLink(db) }));
look("empty", EMPTY, ["ru"]);
