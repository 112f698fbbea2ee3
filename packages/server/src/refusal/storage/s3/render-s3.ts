// Refusals as an S3 client reads them: a code and a true status. What the other doors of Storage refuse, too, keeps its
// code and message.

import type { AnyRefusal, Refusal } from '../../refusal.ts'
import { sayInStorage } from '../render-storage.ts'
import type { S3Refusals } from '../../vocabulary/s3.ts'
import { type S3Said, s3Sayings } from './say-s3.ts'

/** Null for a refusal that says nothing in this dialect. */
export function renderS3(refusal: AnyRefusal): S3Said | null {
  if (isOfS3(refusal)) return say(refusal)
  const said = sayInStorage(refusal)
  return said === null ? null : { status: statusOf(said.statusCode), code: said.code, message: said.message }
}

function say<Code extends keyof S3Refusals>(refusal: Refusal<Code>): S3Said {
  return s3Sayings[refusal.code](refusal.detail)
}

function isOfS3(refusal: AnyRefusal): refusal is Extract<AnyRefusal, { readonly code: keyof S3Refusals }> {
  return Object.hasOwn(s3Sayings, refusal.code)
}

/** 499 is no status that a client would know. */
function statusOf(statusCode: number): number {
  return statusCode === 499 ? 400 : statusCode
}
