// A value of several lines, in a row that has room for one.

/** The text with a mark where each line ends, so that it begins in sight, and shows that it goes on. */
export function onOneLine(text: string): string {
  return text.replaceAll(/\r\n|[\r\n]/g, '↵')
}
