// What a command answers with, before the door sends it.

import type { Readable } from 'node:stream'

import { writeXml, type XmlContent } from './xml/write-xml.ts'

export interface S3Answer {
  readonly status: number
  /** Those that are undefined are left out. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string | Readable | null
}

export function answerXml(root: string, content: XmlContent): S3Answer {
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: writeXml(root, content) }
}

export function answerEmpty(status: 200 | 204, headers: S3Answer['headers'] = {}): S3Answer {
  return { status, headers, body: null }
}
