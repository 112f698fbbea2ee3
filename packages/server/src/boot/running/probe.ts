// Asks a server of this machine something small. Its certificate is not judged: it is the one we were
// configured with, and who answers is told by the stack's id, not by a name.

import { request as requestPlain } from 'node:http'
import { request as requestTls } from 'node:https'

export interface ProbeAnswer {
  readonly status: number
  readonly text: string
}

interface ProbeOptions {
  readonly method?: 'GET' | 'POST'
  /** Milliseconds without a sign of life after which the server is given up; five seconds. */
  readonly patience?: number
}

/** One request without a body. Rejects where nothing answers in time. */
export async function probe(
  url: string,
  headers: Readonly<Record<string, string>> = {},
  { method = 'GET', patience = 5000 }: ProbeOptions = {},
): Promise<ProbeAnswer> {
  const request = url.startsWith('https:') ? requestTls : requestPlain
  return await new Promise((resolve, reject) => {
    const options = { method, headers, rejectUnauthorized: false, timeout: patience, agent: false }
    const asked = request(url, options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() })
      })
      response.on('error', reject)
    })
    asked.on('timeout', () => asked.destroy(new Error(`${url} did not answer within ${patience} ms`)))
    asked.on('error', reject)
    asked.end()
  })
}
