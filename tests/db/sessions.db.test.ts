import { describe, expect, test } from "vitest";
import { mayChangeFactors } from "@/app/_server/enrolment";
import { personOfSession, sessionOf, sessionsOf } from "@/lib/sign-in/read";
import { beginSession, endOneOf, endSession, endSessionsOf, proveSession, touchSession } from "@/lib/sign-in/write";
import { newToken } from "@/lib/staff/passwords";
import { chooseLanguage } from "@/lib/staff/write";
import { RECORDER } from "../setup/record";
import { database, opened, withDoor } from "../setup/sign-in";

withDoor();

const begin = (personId = "recorder") => beginSession(database.staff, personId, { method: "password", device: "Firefox, Linux" });
const who = async (token: string) => (await personOfSession(database.staff, token))?.personId;
/** Everything about the sessions as if it had happened so long before. */
const later = (by: string, column: "created_at" | "last_used_at" | "expires_at") =>
  database.owner`update staff.sessions set ${database.owner(column)} = ${database.owner(column)} - ${by}::interval`;

describe("a session", () => {
  test("names the person with role, countries and language as they are now", async () => {
    const token = await begin();
    await chooseLanguage(database.staff, "recorder", "ky");
    expect(await personOfSession(database.staff, token)).toEqual({
      ...RECORDER,
      name: "recorder",
      email: "recorder@example.org",
      language: "ky",
    });
  });

  test("ends by itself alone, and stays ended", async () => {
    const [one, other] = [await begin(), await begin()];
    await endSession(database.staff, one);
    expect([await who(one), await who(other)]).toEqual([undefined, "recorder"]);
  });

  test("is ended by its owner under its name, and by nobody else", async () => {
    const [own, other] = [await begin(), await begin()];
    const listed = await sessionsOf(database.staff, "recorder");
    const name = (await sessionOf(database.staff, other))?.sessionId ?? "";
    expect(listed.map(({ sessionId }) => sessionId).sort()).toEqual(
      [name, (await sessionOf(database.staff, own))?.sessionId].sort() as string[],
    );
    expect(listed[0]).toMatchObject({ device: "Firefox, Linux", method: "password", secondFactor: null });
    await endOneOf(database.staff, "reviewer", name);
    expect(await who(other)).toBe("recorder");
    await endOneOf(database.staff, "recorder", name);
    expect([await who(own), await who(other)]).toEqual(["recorder", undefined]);
    expect(await sessionsOf(database.staff, "recorder")).toHaveLength(1);
  });

  test("ends with all others of the person, but for the one named, and nobody else's", async () => {
    const [one, other, theirs] = [await begin(), await begin(), await begin("reviewer")];
    await endSessionsOf(database.staff, "recorder", (await sessionOf(database.staff, one))?.sessionId);
    expect([await who(one), await who(other)]).toEqual(["recorder", undefined]);
    await endSessionsOf(database.staff, "recorder");
    expect([await who(one), (await opened(theirs))?.[0]]).toEqual([undefined, "reviewer"]);
  });

  test("ends after twelve hours, however much it is used", async () => {
    const token = await begin();
    await later("11 hours 59 minutes", "expires_at");
    expect(await who(token)).toBe("recorder");
    await later("1 minute", "expires_at");
    await touchSession(database.staff, token);
    expect(await who(token)).toBeUndefined();
  });

  test("ends after an hour unused; using it puts that off, and wakes none that has ended", async () => {
    const token = await begin();
    await later("59 minutes", "last_used_at");
    expect(await who(token)).toBe("recorder");
    await touchSession(database.staff, token);
    await later("59 minutes", "last_used_at");
    expect(await who(token)).toBe("recorder");
    await later("1 minute", "last_used_at");
    expect(await who(token)).toBeUndefined();
    await touchSession(database.staff, token);
    expect(await who(token)).toBeUndefined();
    expect(await sessionsOf(database.staff, "recorder")).toEqual([]);
  });

  test("lets its person change how they sign in for a quarter of an hour, and never before the second factor", async () => {
    const may = async (token: string) => {
      const found = await sessionOf(database.staff, token);
      return found && mayChangeFactors(found);
    };
    const token = await begin();
    expect(await may(token)).toBe(true);
    await later("15 minutes", "created_at");
    expect([await may(token), await who(token)]).toEqual([false, "recorder"]);
    await database.owner`insert into staff.authenticators (person_id, sealed_secret, last_step) values ('recorder', '\\x00', 0)`;
    expect(await may(await begin())).toBe(false);
  });

  test("is not there for an invented token", async () => {
    expect([await who(newToken()), await who(""), await who("\u0000")]).toEqual([undefined, undefined, undefined]);
  });

  test.each([
    ["is deactivated", "active = false"],
    ["has another role", "role = 'reviewer'"],
    ["has other countries", "countries = '{TJ}'"],
    ["has another password", "password_hash = 'x'"],
  ])("ends at once when its person %s, whoever writes that", async (_, change) => {
    const [before] = await database.owner`select role, countries, password_hash from staff.people where person_id = 'recorder'`;
    const [token, theirs] = [await begin(), await begin("reviewer")];
    await database.owner.unsafe(`update staff.people set ${change} where person_id = 'recorder'`);
    expect(await sessionOf(database.staff, token)).toBeUndefined();
    expect((await opened(theirs))?.[0]).toBe("reviewer");
    const { role, countries, password_hash } = before ?? {};
    await database.owner`update staff.people set active = true, role = ${role}, countries = ${countries}, password_hash = ${password_hash}
      where person_id = 'recorder'`;
    expect(await sessionOf(database.staff, token)).toBeUndefined();
  });

  test("does not end when its person chooses another language", async () => {
    const token = await begin();
    await chooseLanguage(database.staff, "recorder", "uz");
    expect(await who(token)).toBe("recorder");
  });
});

describe("a session that is not whole", () => {
  test("opens nothing to who needs a second factor and has none, and holds a quarter of an hour", async () => {
    const token = await begin("reviewer");
    expect(await opened(token)).toEqual(["reviewer", "enrol"]);
    expect(await who(token)).toBeUndefined();
    await later("15 minutes", "created_at");
    expect(await opened(token)).toBeUndefined();
  });

  test("waits for the second factor of who has one, whatever their role", async () => {
    const token = await begin();
    expect(await who(token)).toBe("recorder");
    await database.owner`insert into staff.authenticators (person_id, sealed_secret, last_step) values ('recorder', '\\x00', 0)`;
    expect(await opened(token)).toEqual(["recorder", "second_factor"]);
    expect(await who(token)).toBeUndefined();
  });

  test("goes on under another token once it is given; the one before opens nothing, and an ended one does not go on", async () => {
    const token = await begin("reviewer");
    const renewed = (await proveSession(database.staff, token, "code")) ?? "";
    expect(await opened(renewed)).toEqual(["reviewer", "whole"]);
    expect(await opened(token)).toBeUndefined();
    expect(await proveSession(database.staff, token, "code")).toBeUndefined();
    await endSession(database.staff, renewed);
    expect(await proveSession(database.staff, renewed, "code")).toBeUndefined();
  });
});
