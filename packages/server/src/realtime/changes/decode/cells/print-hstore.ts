// Extension hstore's text form: `"a"=>"1", "b"=>NULL`. It casts to JSON as an object of strings.

import { printString } from './cell-printer.ts'

const pair = /"((?:[^"\\]|\\[^])*)"=>(?:"((?:[^"\\]|\\[^])*)"|NULL)(?:, |$)/y
const escaped = /\\([^])/g

export function printHstore(text: string): string {
  const members: string[] = []
  pair.lastIndex = 0
  while (pair.lastIndex < text.length) {
    const found = pair.exec(text)
    if (found === null) return printString(text)
    const [, key = '', value] = found
    members.push(`${printText(key)}:${value === undefined ? 'null' : printText(value)}`)
  }
  return `{${members.join(',')}}`
}

function printText(inner: string): string {
  return JSON.stringify(inner.replaceAll(escaped, '$1'))
}
