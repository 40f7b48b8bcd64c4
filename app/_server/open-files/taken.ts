const encoder = new TextEncoder();

/**
 * What is made in pieces as the body of an answer: the next piece is made when the one before is taken, and no earlier.
 * Node's own way from its streams to these would make thousands of pieces ahead.
 */
export function bodyOf(pieces: AsyncIterable<string | Uint8Array>): ReadableStream<Uint8Array> {
  const making = pieces[Symbol.asyncIterator]();
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await making.next();
        if (done) controller.close();
        else controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
      },
      async cancel() {
        await making.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
