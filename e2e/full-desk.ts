import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { people, snapshots } from "@/db/schema";
import { recordContact, withdrawContact } from "@/lib/contacts/write";
import { attachCopy, showCopy, storeCopy } from "@/lib/copies/write";
import { announceDeadline } from "@/lib/deadlines/write";
import { recordEvent } from "@/lib/events/write";
import { returnImport, sendImport, takeImport, withdrawImport } from "@/lib/imports/write";
import { act } from "@/lib/ledger/write";
import type { Outcome } from "@/lib/outcome";
import { openAbout } from "@/lib/review/read";
import { returnSubmission } from "@/lib/review/write";
import { codeAt, newSecret } from "@/lib/sign-in/codes";
import { enrolAuthenticator, makeRecoveryCodes } from "@/lib/sign-in/write";
import { correctSnapshot, type Recorded, recordSnapshot, withdrawSnapshot } from "@/lib/snapshots/write";
import { hashPassword } from "@/lib/staff/passwords";
import { managedPeople } from "@/lib/staff/read";
import type { Actor } from "@/lib/staff/rules";
import { deactivatePerson, invitePerson } from "@/lib/staff/write";
import { pdf } from "../tests/copies/documents";
import { sentFiles } from "../tests/imports/sent-files";
import { accepted, contact, deadline, event, figure, source } from "../tests/setup/record";
import { machines } from "./machines";

export const CENTRAL: Actor = { personId: "central", role: "central_admin", countries: [] };
export const RECORDER: Actor = { personId: "recorder", role: "recorder", countries: ["KG"] };
export const REVIEWER: Actor = { personId: "reviewer", role: "reviewer", countries: ["KG"] };
export const ABROAD: Actor = { personId: "abroad", role: "recorder", countries: ["TJ"] };
const COUNTRY_ADMIN: Actor = { personId: "country-admin", role: "country_admin", countries: ["KG", "TJ"] };
const PEOPLE = [
  { ...CENTRAL, name: "Гүлнара Осмоналиева", email: "osmonalieva@mfa.example.org" },
  { ...RECORDER, name: "Азамат Бекташев", email: "bektashev@consulate.example.org" },
  { ...REVIEWER, name: "Чолпон Ибраимова-Мамбеталиева", email: "ibraimova-mambetalieva@consulate.example.org" },
  { ...ABROAD, name: "Фирӯз Шарифзода", email: "sharifzoda@embassy.example.org" },
  {
    ...COUNTRY_ADMIN,
    name: "Нурлан Сыдыков",
    email: "n.sydykov@example.org",
  },
  { personId: "gone", role: "recorder" as const, countries: ["KG"], name: "Эркин Токтогулов", email: "toktogulov@example.org" },
];

const THINGS = [
  "figure",
  "waiting",
  "returned",
  "source",
  "contact",
  "oldContact",
  "event",
  "standing",
  "cancelled",
  "person",
  "gone",
  "link",
  "token",
  "endedToken",
  "checked",
  "sent",
  "back",
  "committed",
  "withdrawn",
] as const;
/** What the pages of a full desk are about, by what each is an example of. */
export type Things = Record<(typeof THINGS)[number], string>;

/** What there is on an empty desk. */
export const NOTHING = Object.fromEntries(THINGS.map((name) => [name, ""])) as Things;

let passwordHash: Promise<string> | undefined;

/** Adds those of the people named who are not there yet. */
export async function addStaff(db: Database, ...personIds: string[]): Promise<void> {
  passwordHash ??= hashPassword("a few words together");
  for (const person of PEOPLE.filter(({ personId }) => personIds.includes(personId)))
    await db
      .insert(people)
      .values({ ...person, countries: [...person.countries], passwordHash: await passwordHash, language: "ru" })
      .onConflictDoNothing();
}

const AS_SENT = { word: "Так в письме", reason: "Так в письме" };
const HEADER = "Страна;Список;По состоянию на;Количество;Доля детей;Источник;Дата публикации";
const rows = (...lines: string[]) => [HEADER, ...lines].join("\r\n");

/** Puts on a desk something of everything that a desk can hold, through the same verbs as the pages do. */
export async function fill(db: Database): Promise<Things> {
  await addStaff(db, ...PEOPLE.map(({ personId }) => personId));
  const now = new Date();
  const year = now.getUTCFullYear() + 1;
  const run = async <T>(work: (tx: Database) => Promise<Outcome<T>>) => accepted(await act(db, work));
  const files = sentFiles();
  const taken = async (actor: Actor, fileName: string, text: string) => ({
    importId: accepted(await takeImport(db, actor, { path: files.write(text), fileName }, now)),
    version: 1,
  });
  const seen = async ({ statementId }: Recorded) => {
    const open = await openAbout(db, statementId);
    return { submissionId: open?.submissionId ?? "", version: open?.version ?? 0 };
  };
  try {
    const letter = source("Ответ Департамента консульской службы на запрос Генерального консульства в Екатеринбурге", {
      publisher: "Министерство внутренних дел Российской Федерации",
      speaker: "К. В. Преображенский-Замоскворецкий",
      url: "https://example.org/2025/10/01/otvet-na-zapros-o-chisle-grazhdan-v-reestre-kontroliruemyh-lic",
    });
    const { statementId: figureId } = await run((tx) => recordSnapshot(tx, CENTRAL, figure({ value: 104_500, source: letter }), now));
    await run((tx) =>
      correctSnapshot(
        tx,
        CENTRAL,
        { statementId: figureId, replacesRevision: 1, reason: "В письме было 105 400" },
        figure({
          value: 105_400,
          wording: "порядка 105,4 тыс. человек",
          children_share: 0.21,
          note: "Передано по телефону, подтверждено письмом",
          source: letter,
        }),
        now,
      ),
    );
    const withdrawn = await run((tx) =>
      recordSnapshot(tx, CENTRAL, figure({ as_of: "2025-10-03", value: 99, source: source("Слух", { published_on: "2025-10-05" }) }), now),
    );
    await run((tx) =>
      withdrawSnapshot(tx, CENTRAL, { statementId: withdrawn.statementId, replacesRevision: 1, reason: "Источник не подтвердился" }),
    );

    const waiting = await run((tx) =>
      recordSnapshot(
        tx,
        RECORDER,
        figure({
          as_of: "2025-11-01",
          value: 98_000,
          qualifier: "more_than",
          source: source("Брифинг 3 ноября", { published_on: "2025-11-03" }),
        }),
        now,
      ),
    );
    await run((tx) =>
      correctSnapshot(
        tx,
        RECORDER,
        { statementId: figureId, replacesRevision: 2, reason: "Опечатка" },
        figure({ value: 105_900, source: letter }),
        now,
      ),
    );
    const returned = await run((tx) =>
      recordSnapshot(tx, RECORDER, figure({ measure: "expelled", as_of: "2025-09", value: 1210, source: source("Газета") }), now),
    );
    const returnedSeen = await seen(returned);
    await run((tx) =>
      returnSubmission(tx, REVIEWER, returnedSeen, "За какой период это число: за сентябрь или с начала года? Уточните, пожалуйста."),
    );

    const [row] = await db.select().from(snapshots).where(eq(snapshots.statementId, figureId)).limit(1);
    const sourceId = row?.sourceId ?? "";
    const copyId = await run((tx) => storeCopy(tx, CENTRAL, pdf("/Lang (ru) ")));
    const attached = await run((tx) =>
      attachCopy(tx, CENTRAL, { sourceId, replacesRevision: 1, reason: "Страница может исчезнуть" }, copyId),
    );
    await run((tx) => showCopy(tx, CENTRAL, { sourceId, replacesRevision: attached, reason: "Разрешено министерством" }, true));

    const texts = {
      name: { ru: "Генеральное консульство в Екатеринбурге", ky: "Екатеринбургдагы Башкы консулдук" },
      hours: { ru: "Понедельник–пятница с 9:00 до 18:00, перерыв с 13:00 до 14:00" },
      address: { ru: "ул. Большакова, 105, Екатеринбург" },
      email: "gc.ekaterinburg@mfa.example.org",
    };
    const today = now.toISOString().slice(0, 10);
    const contactId = await run((tx) => recordContact(tx, CENTRAL, contact({ ...texts, confirmed_on: today }), now));
    const oldContact = await run((tx) =>
      recordContact(tx, CENTRAL, contact({ kind: "hotline", name: { ru: "Горячая линия" }, confirmed_on: "2024-01-10" }), now),
    );
    const closed = await run((tx) => recordContact(tx, CENTRAL, contact({ name: { ru: "Консульский пункт" }, confirmed_on: today }), now));
    await run((tx) => withdrawContact(tx, CENTRAL, { statementId: closed, replacesRevision: 1, reason: "Закрыт" }));
    const eventId = await run((tx) =>
      recordEvent(
        tx,
        CENTRAL,
        event({
          happened_on: "2025-11-03/2025-11-05",
          kind: "break",
          measures: ["expelled", "deported"],
          what: { ru: "Переход на новую статистическую форму учёта выдворенных и депортированных лиц" },
        }),
        now,
      ),
    );

    const obligation = (chain: string, fallsOn: string, more: Record<string, unknown> = {}) =>
      deadline({
        chain,
        falls_on: fallsOn,
        basis: { ru: `Указ Президента Российской Федерации о продлении, ${fallsOn}`, ky: "Указ" },
        consequence: { ru: "Выдворение и запрет на въезд сроком на пять лет" },
        source: source(`Официальное опубликование ${fallsOn}`),
        ...more,
      });
    const first = await run((tx) => announceDeadline(tx, CENTRAL, obligation("a", `${year}-03-31`), now));
    const standing = await run((tx) =>
      announceDeadline(tx, CENTRAL, obligation("a", `${year}-09-30`, { replaces: first, replaces_revision: 1 }), now),
    );
    const second = await run((tx) => announceDeadline(tx, CENTRAL, obligation("b", `${year}-06-30`, { countries: ["KG", "TJ"] }), now));
    const cancelled = await run((tx) =>
      announceDeadline(
        tx,
        CENTRAL,
        obligation("b", `${year}-06-30`, {
          countries: ["KG", "TJ"],
          replaces: second,
          replaces_revision: 1,
          cancelled: true,
          source: source("Отмена"),
        }),
        now,
      ),
    );

    const { personId: invited, token } = await run((tx) =>
      invitePerson(tx, CENTRAL, {
        name: "Мээрим Асанбекова",
        email: "asanbekova@example.org",
        role: "reviewer",
        countries: ["KG"],
        language: "ru",
      }),
    );
    await run(async (tx) => {
      const [secret, at] = [newSecret(), now.getTime()];
      const taken = await enrolAuthenticator(tx, COUNTRY_ADMIN, secret, codeAt(secret, at), at);
      if (taken.ok) await makeRecoveryCodes(tx, COUNTRY_ADMIN);
      return taken;
    });
    const gone = (await managedPeople(db, CENTRAL)).find(({ personId }) => personId === "gone");
    await run((tx) => deactivatePerson(tx, CENTRAL, { personId: "gone", seen: gone?.seen ?? 0 }));

    const { machine, ended } = await machines(db, CENTRAL, now);

    const checked = await taken(
      CENTRAL,
      "Сведения о гражданах, включённых в реестр контролируемых лиц (сводная таблица), ноябрь.csv",
      rows(
        "Вьетнам;Серый список;24.07.2025;34 500;0,3;Письмо МВД;05.08.2025",
        "Вьетнам;Серый список;24.07.2025;34 900;0,3;Другое письмо;06.08.2025",
        "Вьетнам;Чёрный список;01.08.2025;1200;100%;Письмо МВД;05.08.2025",
        "Вьетнам;Чёрный список;32.08.2025;1200;;Письмо МВД;05.08.2025",
        "Кыргызстан;Серый список;01.10.2025;105 400;;Письмо МВД;05.08.2025",
      ),
    );
    const committed = await taken(CENTRAL, "Индия.csv", rows("Индия;Серый список;24.07.2025;4 500;;Письмо посольства;05.08.2025"));
    await run((tx) => sendImport(tx, CENTRAL, committed, AS_SENT, now));
    const undone = await taken(CENTRAL, "Китай.csv", rows("Китай;Серый список;24.07.2025;4 500;;Письмо посольства Китая;05.08.2025"));
    await run((tx) => sendImport(tx, CENTRAL, undone, AS_SENT, now));
    await run((tx) => withdrawImport(tx, CENTRAL, { ...undone, version: 2 }, "Список за другой год", now));
    const sent = await taken(RECORDER, "Выдворенные.csv", rows("Кыргызстан;Выдворены;01.2025;120;;Справка;05.08.2025"));
    await run((tx) => sendImport(tx, RECORDER, sent, AS_SENT, now));
    const back = await taken(RECORDER, "Выехавшие.csv", rows("Кыргызстан;Выехали;02.2025;220;;Справка о выехавших;05.08.2025"));
    await run((tx) => sendImport(tx, RECORDER, back, AS_SENT, now));
    await run((tx) => returnImport(tx, REVIEWER, { ...back, version: 2 }, "Нет исходящего номера справки", now));

    return {
      figure: figureId,
      waiting: (await seen(waiting)).submissionId,
      returned: returnedSeen.submissionId,
      source: sourceId,
      contact: contactId,
      oldContact,
      event: eventId,
      standing,
      cancelled,
      person: invited,
      gone: "gone",
      link: token,
      token: machine.tokenId,
      endedToken: ended.tokenId,
      checked: checked.importId,
      sent: sent.importId,
      back: back.importId,
      committed: committed.importId,
      withdrawn: undone.importId,
    };
  } finally {
    files.remove();
  }
}
