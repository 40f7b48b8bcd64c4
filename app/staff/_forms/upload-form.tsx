"use client";

import { useState } from "react";
import { Field, type Labels, RefusalBox } from "@/app/_components/fields";
import { ImportProgress } from "./import-progress";

type Props = { importId: string; labels: Labels; refusal: string | undefined };

/** The form that sends a file; the browser sends it by itself, with scripts and without. */
export function UploadForm({ importId, labels, refusal }: Props) {
  const [sending, setSending] = useState(false);
  const label = (key: string) => labels[`imports.${key}`] ?? key;
  return (
    <>
      <RefusalBox refusal={refusal === undefined || sending ? undefined : { title: label("notTaken"), text: refusal, fields: [] }} />
      <form className="sheet" action="/staff/import/upload" method="post" encType="multipart/form-data" onSubmit={() => setSending(true)}>
        <input type="hidden" name="import_id" value={importId} />
        <Field name="file" label={label("file")} hint={label("fileHint")}>
          {(ids) => <input {...ids} type="file" name="file" accept=".xlsx,.csv,.txt,text/csv" required />}
        </Field>
        <p>
          <button type="submit">{label("look")}</button>
        </p>
        <ImportProgress importId={importId} label={label("working")} asking={sending} />
      </form>
    </>
  );
}
