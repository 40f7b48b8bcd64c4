// Reads the file named, row by row, and prints how many there were: run with little memory.
import { withImportFile } from "@/lib/imports/files/import-file";

const count = await withImportFile(process.argv[2] ?? "", async ({ rows }) => {
  let rowsRead = 0;
  for await (const _ of rows) rowsRead += 1;
  return rowsRead;
});
process.stdout.write(String(count));
