/** What a source says of itself; `publishedTo` is the instant at which its time of publication was over. */
export type SourceContent = {
  title: string;
  publisher: string | null;
  speaker: string | null;
  speakerRole: string | null;
  publishedOn: string | null;
  publishedTo: Date | null;
  url: string | null;
};
