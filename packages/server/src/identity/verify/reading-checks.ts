// The checks that read a token: is it a JSON Web Signature in compact form (RFC 7515 §7.1) of an algorithm we
// know. Nothing here believes a word of it.

import { Refusal } from '../../refusal/refusal.ts'
import { supportedAlgorithms } from '../keys/verification-key.ts'
import { isObject, type Check } from './examination.ts'

/** The longest token that is read. Clerk's fit a 4 KB cookie; request headers as a whole seldom pass 16 KB. */
export const maximumTokenLength = 16_384

export const readingChecks: readonly Check[] = [
  {
    name: 'size',
    needs: [],
    run({ token }) {
      if (token.length > maximumTokenLength) {
        throw new Refusal('token.too-large', { size: token.length, limit: maximumTokenLength })
      }
      return {}
    },
    saw: ({ token }) => `${token.length} characters`,
    expected: () => `at most ${maximumTokenLength} characters`,
  },
  {
    name: 'shape',
    needs: ['size'],
    run({ token }) {
      if (token === '') throw new Refusal('token.empty', {})
      const parts = token.split('.')
      if (parts.length === 5) throw new Refusal('token.encrypted', {})
      if (parts.length !== 3) throw new Refusal('token.malformed', { parts: parts.length })
      return { parts }
    },
    saw: ({ token }) => (token === '' ? 'nothing' : `${token.split('.').length} parts`),
    expected: () => 'three parts separated by dots',
  },
  {
    name: 'header',
    needs: ['shape'],
    run({ parts }) {
      const header = parseJson(decodePart(parts[0] ?? '', 'header'))
      if (!isObject(header)) throw new Refusal('token.undecodable', { part: 'header' })
      const keyId = header['kid']
      const algorithm = header['alg']
      return {
        header,
        algorithm: typeof algorithm === 'string' ? algorithm : '',
        keyId: typeof keyId === 'string' ? keyId : null,
      }
    },
    saw: ({ header, parts }) => (Object.keys(header).length > 0 ? JSON.stringify(header) : (parts[0] ?? '')),
    expected: () => 'base64url of a JSON object',
  },
  {
    name: 'algorithm',
    needs: ['header'],
    run({ algorithm }) {
      if (algorithm.toLowerCase() === 'none') throw new Refusal('token.algorithm-none', {})
      if (!supportedAlgorithms.has(algorithm)) throw new Refusal('token.algorithm-unsupported', { algorithm })
      return {}
    },
    saw: ({ algorithm }) => algorithm || 'no alg',
    expected: () => [...supportedAlgorithms].join(', '),
  },
  {
    name: 'critical-header',
    needs: ['header'],
    run({ header }) {
      const parameters = criticalParameters(header)
      if (parameters.length > 0) throw new Refusal('token.critical-unsupported', { parameters })
      return {}
    },
    saw: ({ header }) => criticalParameters(header).join(', ') || 'none',
    expected: () => 'no extension that must be understood',
  },
  {
    name: 'encoding',
    needs: ['shape'],
    run({ parts }) {
      const payload = parseJson(decodePart(parts[1] ?? '', 'payload'))
      decodePart(parts[2] ?? '', 'signature')
      return { payload }
    },
    saw: ({ parts }) => `payload of ${parts[1]?.length} characters, signature of ${parts[2]?.length}`,
    expected: () => 'payload and signature in base64url',
  },
]

/** `crit` asks for extensions we do not have; `b64: false` would change what is signed (RFC 7797). */
function criticalParameters(header: Readonly<Record<string, unknown>>): readonly string[] {
  const { crit, b64 } = header
  const named = crit === undefined ? [] : Array.isArray(crit) && crit.length > 0 ? crit.map(String) : ['crit']
  return b64 === undefined || b64 === true || named.includes('b64') ? named : [...named, 'b64']
}

/** Strict base64url without padding, canonical in its last bits too; Buffer alone would skip over whatever it does not know. */
function decodePart(part: string, name: 'header' | 'payload' | 'signature'): Buffer {
  const bytes = Buffer.from(part, 'base64url')
  if (bytes.toString('base64url') !== part) throw new Refusal('token.undecodable', { part: name })
  return bytes
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}
