// The headers of an upgrade as policies read them (`request.headers`).

import type { IncomingHttpHeaders } from 'node:http'

/** Of the connection itself, unlike for each socket, or a secret; policies have no business with them. */
const LEFT_OUT = /^(?:sec-websocket-.*|connection|upgrade|apikey|x-api-key|authorization|cookie)$/
/** Sockets of one program show the same headers: they share the text, which counts where there are many. */
const MOST = 1000
/** Longer texts are nobody's but their own, lest strangers fill the memory with them. */
const LONGEST = 4096
const texts = new Map<string, string>()

/** A JSON object of texts. */
export function headersJson(headers: IncomingHttpHeaders): string {
  const kept = Object.entries(headers).filter(([name]) => !LEFT_OUT.test(name))
  const text = JSON.stringify(Object.fromEntries(kept.map(([name, value]) => [name, String(value)])))
  if (text.length > LONGEST) return text
  const known = texts.get(text)
  if (known !== undefined) return known
  if (texts.size >= MOST) texts.clear()
  texts.set(text, text)
  return text
}
