// What a stand-in provider and the instance agree on: its address, and a secret that follows from the instance's own.

import { createHmac } from 'node:crypto'

import type { Instance } from '../../state/instance/instance.ts'

/** The client id of the instance at every stand-in. */
export const fakeClientId = 'stand_in'

/** A stand-in's path under the Frontend API. */
export function fakePath(key: string): string {
  return `/fake-provider/${key}`
}

/** The issuer of a stand-in, which is also where its pages are. */
export function fakeIssuer(instance: Instance, key: string): string {
  return `${instance.frontendApiUrl()}${fakePath(key)}`
}

/** The client secret at a stand-in. */
export function fakeClientSecret(secretKey: string, key: string): string {
  return createHmac('sha256', secretKey).update(`fake-provider client ${key}`).digest('base64url')
}

/** Thirty-two bytes that a stand-in's signing key follows from, the same in every process that serves the instance. */
export function fakeKeySeed(secretKey: string, key: string): Buffer {
  return createHmac('sha256', secretKey).update(`fake-provider key ${key}`).digest()
}
