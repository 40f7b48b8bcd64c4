import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { DESK_VERBS, VERBS } from "./setup/expected-rights";

// Nothing can be added that changes anything without a row in the matrices of tests/db/who-may*.db.test.ts.

const root = path.resolve(import.meta.dirname, "..");
const files = (folder: string) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => path.join(folder, file))
    .sort();
const read = (file: string) => readFileSync(path.join(root, file), "utf8");

/** Functions of lib that a web page may hand somebody to: `name(db, actor, …)`. */
const forSomebody = files("lib").flatMap((file) =>
  [...read(file).matchAll(/export (?:async )?function (\w+)(?:<[^(]*>)?\(([^)]*)\)/gs)]
    .filter(([, , parameters = ""]) => /\b\w+: Database\b/.test(parameters) && /: (?:Actor|SignedIn)\b/.test(parameters))
    .map(([, name = ""]) => ({ name, file })),
);

/** They ask and change nothing; each leaves out what its reader may not see, and is tried where it is named. */
const READS: Record<string, string> = {
  historyOf: "tests/db/history.db.test.ts",
  lastActs: "tests/db/history.db.test.ts",
  importOf: "tests/db/imports-dry-run.db.test.ts",
  progressFor: "tests/db/imports-progress.db.test.ts",
  importsFor: "tests/db/imports-commit.db.test.ts",
  waitingFor: "tests/db/waiting.db.test.ts",
  managedPeople: "tests/db/people.db.test.ts",
  managedTokens: "tests/db/tokens.db.test.ts",
};
/** A table is looked at row by row, each by the rights to its country: a verdict, not a refusal. */
const LOOKED_AT: Record<string, string> = {
  takeImport: "tests/db/imports-dry-run.db.test.ts",
  checkAgain: "tests/db/imports-dry-run.db.test.ts",
  stage: "tests/db/imports-dry-run.db.test.ts",
};
/** What everybody does with their own way in; none of them names another person. */
const ONES_OWN: Record<string, string> = {
  changePassword: "tests/db/sign-in.db.test.ts",
  enrolAuthenticator: "tests/db/second-factor.db.test.ts",
  enrolPasskey: "tests/db/passkeys.db.test.ts",
  makeRecoveryCodes: "tests/db/second-factor.db.test.ts",
  removeFactor: "tests/db/second-factor.db.test.ts",
};
/** Parts of the verbs, which no page calls by itself. */
const INSIDE = [
  "actOnce",
  "actorNow",
  "checkAnnouncement",
  "checkChange",
  "checkConfirmed",
  "checkCorrection",
  "checkEventCorrection",
  "endTokensOf",
  "judge",
  "needsAnother",
  "noteAct",
  "noteFactor",
  "submit",
  "tell",
  "writeImport",
];

test("whatever is done for somebody has its row in the matrix, or is a part of what has one", () => {
  const known = [...VERBS, ...DESK_VERBS, ...Object.keys(READS), ...Object.keys(LOOKED_AT), ...Object.keys(ONES_OWN), ...INSIDE];
  expect([...new Set(forSomebody.map(({ name }) => name))].sort()).toEqual([...new Set(known)].sort());
});

test.each(Object.entries({ ...READS, ...LOOKED_AT, ...ONES_OWN }))("%s is tried in %s", (name, file) => {
  const used = name === "stage" ? "takeImport" : name;
  expect(read(file)).toMatch(new RegExp(`\\b${used}\\b`));
});

const WAYS_IN = /^app\/staff\/(?:sign-in|sign-out|second-factor|provider)\/(?:.+\/)?route\.staff\.ts$/;

describe("server actions", () => {
  /** Files whose every export, or a function of which, can be called from a browser. */
  const actions = files("app").filter((file) => /^\s*["']use server["'];/m.test(read(file)));
  /** Routes that take something in. */
  const routes = files("app").filter((file) => /export (?:async function|const) (?:POST|PUT|PATCH|DELETE)\b/.test(read(file)));
  /** Previews ask what the verb itself asks first; one act is one transaction; an id is drawn; a token's use is noted. */
  const BESIDE = [
    "checkAnnouncement",
    "checkCorrection",
    "checkEvent",
    "checkEventCorrection",
    "act",
    "newStatementId",
    "noteUse",
    "noteRefusal",
  ];
  const can = [...VERBS, ...DESK_VERBS, ...Object.keys(LOOKED_AT), ...BESIDE];
  /** They do nothing for which one needs a right: each with the reason. */
  const FREE: Record<string, string> = {
    "app/staff/actions.ts": "one's own session and language",
    "app/staff/set-up/page.staff.tsx": "a link that was handed over is the right",
    "app/staff/account/actions.ts": "one's own sessions, password and factors",
    "app/staff/account/second-factor/actions.ts": "one's own second factor",
    ...Object.fromEntries(
      files("app/staff")
        .filter((file) => WAYS_IN.test(file))
        .map((file) => [file, "signing in and out"]),
    ),
  };

  test("are where they are looked for", () => {
    expect(actions.length).toBeGreaterThan(10);
    expect(actions.filter((file) => !file.startsWith("app/staff/"))).toEqual([]);
    expect(Object.keys(FREE).filter((file) => ![...actions, ...files("app")].includes(file))).toEqual([]);
  });

  test.each([...actions, ...routes, "app/_server/api/enter.ts"].filter((file) => FREE[file] === undefined))(
    "%s asks who it is and does only what the matrix knows",
    (file) => {
      const text = read(file);
      expect(text).toMatch(/\b(?:signedIn|requirePerson|personOrSentForm|actor|person)\b/);
      const imported = [...text.matchAll(/import (?:type )?\{([^}]*)\} from "@\/lib\/[\w-]+\/write[^"]*"/g)]
        .flatMap(([, names = ""]) => names.split(","))
        .map((name) =>
          name
            .replace(/^\s*(?:type )?/, "")
            .replace(/ as \w+/, "")
            .trim(),
        )
        .filter((name) => name !== "" && /^[a-z]/.test(name));
      expect(imported.filter((name) => !can.includes(name as never))).toEqual([]);
    },
  );

  /** What opens doors to people and programs, or shuts them. */
  const OPENS = [
    "invitePerson",
    "changePerson",
    "deactivatePerson",
    "reactivatePerson",
    "resetPerson",
    "resetFactor",
    "signOutPerson",
    "makeToken",
    "endToken",
  ];

  test("that make or change people and tokens ask for a fresh sign-in, and for nothing less", () => {
    const opening = actions.filter((file) => OPENS.some((verb) => new RegExp(`\\b${verb}\\b`).test(read(file))));
    expect(opening.length).toBe(3);
    for (const file of opening) {
      expect(read(file), file).toMatch(/\bfreshlySignedIn\(\)/);
      expect(read(file), file).not.toMatch(/\b(?:signedIn|session)\(\)/);
    }
    for (const verb of OPENS)
      expect(
        opening.some((file) => new RegExp(`\\b${verb}\\b`).test(read(file))),
        verb,
      ).toBe(true);
  });

  test("reach the record and the desk through functions of lib alone", () => {
    expect(files("app").filter((file) => /from "(?:@\/db\/schema|drizzle-orm|postgres)/.test(read(file)))).toEqual([]);
  });
});
