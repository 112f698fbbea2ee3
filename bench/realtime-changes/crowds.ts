// Who listens: people of their own, or members of organisations, with Row Level Security or with filters that deliver the
// same changes to the same sockets.

import { createHmac } from 'node:crypto'

import type { Subscriber } from './audience.ts'
import type { TableName } from './schema.ts'

export interface Crowd {
  readonly table: TableName
  readonly subscribers: readonly Subscriber[]
  /** Sockets that one change is delivered to. */
  readonly deliveriesEach: number
}

export type TokenFor = (claims: Readonly<Record<string, unknown>>) => string

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

export function tokensSignedWith(secret: string): TokenFor {
  const header = encode({ alg: 'HS256', typ: 'JWT' })
  return (claims) => {
    const issuedAt = Math.floor(Date.now() / 1000)
    const input = `${header}.${encode({ role: 'authenticated', iat: issuedAt, exp: issuedAt + 7200, ...claims })}`
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
  }
}

/** Each sees her own rows: by the tutorial's policy, or by a filter. */
export function people(count: number, isSecured: boolean, tokenFor: TokenFor): Crowd {
  const table = isSecured ? 'changes_own' : 'changes_open'
  const subscribers = Array.from({ length: count }, (_, at) => ({
    token: tokenFor({ sub: `user_${at}` }),
    table,
    filter: isSecured ? null : `user_id=eq.user_${at}`,
  }))
  return { table, subscribers, deliveriesEach: 1 }
}

export const ORGANISATIONS = 5

export function members(count: number, isSecured: boolean, tokenFor: TokenFor): Crowd {
  const table = isSecured ? 'changes_org' : 'changes_open'
  const subscribers = Array.from({ length: count }, (_, at) => {
    const id = `org_${at % ORGANISATIONS}`
    return {
      token: tokenFor({ sub: `user_${at}`, o: { id, rol: 'member' } }),
      table,
      filter: isSecured ? null : `org=eq.${id}`,
    }
  })
  return { table, subscribers, deliveriesEach: count / ORGANISATIONS }
}
