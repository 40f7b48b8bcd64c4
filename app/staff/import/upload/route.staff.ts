import { staffDb } from "@/app/_server/database";
import { leadTo } from "@/app/_server/lead-to";
import { withSentFile } from "@/app/_server/sent-file";
import { signedIn } from "@/app/_server/session";
import { MOST_BYTES } from "@/lib/imports/files/limits";
import { FileRefusal } from "@/lib/imports/files/refusal";
import { takeImport } from "@/lib/imports/write";

/** Takes a file in and leads to what was found in it, or back with the reason why it was not taken. */
export async function POST(request: Request): Promise<Response> {
  const person = await signedIn();
  if (!person) return leadTo("/staff/sign-in", { to: "/staff/import" });
  try {
    const led = await withSentFile(request, MOST_BYTES, async ({ path, fileName, tooLarge, texts }) => {
      if (tooLarge) throw new FileRefusal("too_large");
      const taken = await takeImport(staffDb(), person, { path, fileName, importId: texts.import_id }, new Date());
      return taken.ok ? leadTo(`/staff/import/${taken.value}`) : leadTo("/staff/import", { refused: "not_allowed" });
    });
    return led ?? leadTo("/staff/import", { refused: "no_file" });
  } catch (error) {
    if (error instanceof FileRefusal)
      return leadTo("/staff/import", { refused: error.code, ...(error.line === undefined ? {} : { line: String(error.line) }) });
    console.error("a file could not be taken in:", error);
    return leadTo("/staff/import", { refused: "broken" });
  }
}
