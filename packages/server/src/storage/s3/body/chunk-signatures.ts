// The chain of signatures of a body in chunks; it begins with the one of the request.

import type { ShownSignature } from '../signature/signed-request.ts'
import { EMPTY_SHA256 } from '../signature/signed-request.ts'
import { scopeText, sha256, type Signer } from '../signature/signing-key.ts'
import type { ChunkSignatures } from './decode-chunked.ts'

export function chunkSignatures({ date, scope, signature }: ShownSignature, signer: Signer): ChunkSignatures {
  let previous = signature
  const isNext = (algorithm: string, rest: readonly string[], shown: string): boolean => {
    const text = [algorithm, date, scopeText(scope), previous, ...rest].join('\n')
    previous = shown
    return signer.verify(text, shown)
  }
  return {
    chunk: (digest, shown) => isNext('AWS4-HMAC-SHA256-PAYLOAD', [EMPTY_SHA256, digest], shown),
    trailer: (lines, shown) => isNext('AWS4-HMAC-SHA256-TRAILER', [sha256(lines)], shown),
  }
}
