/** Bytes of a file. Room for 200,000 full rows; more is no list of statements. */
export const MOST_BYTES = 30 * 1024 * 1024;

/** Rows with something in them: twice what the record is built for. */
export const MOST_ROWS = 200_000;

/** Columns with something in them: three times as many as there are fields. */
export const MOST_COLUMNS = 64;

/** Characters in a cell: five times the longest text that can be recorded. */
export const MOST_CHARACTERS = 10_000;

/** Bytes inflated from one workbook, all parts together: 200,000 rows take half of it. */
export const MOST_INFLATED = 300 * 1024 * 1024;

/** How many times its own size a workbook may inflate to; real ones stay under 50. */
export const MOST_RATIO = 200;

/** Small files may be all repetition, so the ratio counts from here on, in bytes. */
export const RATIO_FROM = 4 * 1024 * 1024;

/** Parts in a workbook; Excel writes a few for each sheet. */
export const MOST_PARTS = 2_000;

/** Bytes of a part that is read whole: the list of sheets, their files, the formats. */
export const MOST_OF_A_SMALL_PART = 8 * 1024 * 1024;

/** Bytes of the texts that a workbook's cells share, which must be at hand throughout. */
export const MOST_SHARED_TEXT = 48 * 1024 * 1024;

/** Number of these texts. */
export const MOST_SHARED_TEXTS = 2_000_000;

/** Bytes of XML without the end of a tag in it: a cell of Excel's longest text is shorter. */
export const MOST_BETWEEN_TAGS = 512 * 1024;

/** Tags inside each other; a sheet needs nine. */
export const MOST_DEPTH = 64;

/** Rows at the top among which the header is looked for. */
export const HEADER_WITHIN = 20;

/** Columns that must be recognised for a row to be the header. */
export const LEAST_RECOGNISED = 2;
