// Asks a server of this machine something small. Its certificate is not judged: it is the one we were
// configured with, and who answers is told by the stack's id, not by a name.

import { request as requestPlain } from 'node:http'
import { request as requestTls } from 'node:https'

export interface ProbeAnswer {
  readonly status: number
  readonly text: string
}

const PATIENCE = 5000

/** One GET. Rejects where nothing answers within five seconds. */
export async function probe(url: string, headers: Readonly<Record<string, string>> = {}): Promise<ProbeAnswer> {
  const request = url.startsWith('https:') ? requestTls : requestPlain
  return await new Promise((resolve, reject) => {
    const asked = request(url, { headers, rejectUnauthorized: false, timeout: PATIENCE, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() })
      })
      response.on('error', reject)
    })
    asked.on('timeout', () => asked.destroy(new Error(`${url} did not answer within ${PATIENCE} ms`)))
    asked.on('error', reject)
    asked.end()
  })
}
