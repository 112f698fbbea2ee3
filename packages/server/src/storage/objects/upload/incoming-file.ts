// A file as a request brings it, whatever the form of its body.

import type { Readable } from 'node:stream'

export interface IncomingFile {
  /** What is said of it so far. Fields of a form that come after the file are known once the bytes have ended. */
  facts(): FileFacts
  readonly bytes: Readable
  /** Bytes; null where nobody says. */
  readonly size: number | null
  /** Resolves once nothing more will be said of it. */
  readonly said: Promise<void>
  /** Why the bytes broke off, where that is known better than by whoever reads them. */
  failure(): Error | null
}

export interface FileFacts {
  readonly contentType: string
  readonly cacheControl: string
  readonly userMetadata: Readonly<Record<string, unknown>> | null
}

/** Upstream passes over what is no JSON; null for what is no object of it. */
export function readUserMetadata(json: string | undefined): FileFacts['userMetadata'] {
  if (json === undefined) return null
  try {
    const value: unknown = JSON.parse(json)
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}

/** Of the header `x-metadata`, which is the JSON in base64. */
export function readUserMetadataHeader(value: string | readonly string[] | undefined): FileFacts['userMetadata'] {
  return readUserMetadata(typeof value === 'string' ? Buffer.from(value, 'base64').toString() : undefined)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
