// How one value of the stream, which is text, is said in JSON: in the form of Postgres' own `to_jsonb`.

/** Text of one type to JSON text. Never throws: what does not look like its type is said as a string. */
export type PrintCell = (text: string) => string

/** Every type that is not printed in a way of its own: text, uuid, enums, ranges, intervals, bytea and the like. */
export function printString(text: string): string {
  return JSON.stringify(text)
}
