/**
 * A name as it is compared: without case, marks of punctuation, kinds of space and apostrophe, and
 * with е for ё. `Дата  публикации:` and `дата публикации` are the same, as are `oʻzbek` and `o'zbek`.
 */
export const plain = (text: string) =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("ё", "е")
    .replace(/[ʻʼ’‘'`´]/g, "")
    .replaceAll("%", " percent ")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
