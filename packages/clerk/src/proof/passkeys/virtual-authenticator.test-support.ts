// A device that makes passkeys, as far as a server can tell: P-256 keys, attestation `none`, user verification.

import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'

/** Ways to misbehave. */
export interface Misbehaviour {
  /** Answer as if another page had asked. */
  readonly origin?: string
  /** Answer another challenge. */
  readonly challenge?: string
  /** Make it for another host. */
  readonly rpId?: string
  /** Do not ask the person at the device. */
  readonly userVerified?: boolean
  /** Sign with another key. */
  readonly forged?: boolean
  /** Count from here instead of where the count stands. */
  readonly signCount?: number
}

/** One device with one passkey. */
export interface VirtualAuthenticator {
  /** Answers `navigator.credentials.create()`; the text the SDK sends. */
  create(nonce: unknown, misbehaviour?: Misbehaviour): string
  /** Answers `navigator.credentials.get()`. */
  get(nonce: unknown, misbehaviour?: Misbehaviour): string
}

interface Options {
  readonly challenge: string
  readonly rpId?: string
  readonly rp?: { readonly id: string }
}

/** A device on a page of an origin. */
export function virtualAuthenticator(origin: string): VirtualAuthenticator {
  const { privateKey, publicKey } = keyPair()
  const id = randomBytes(16)
  let count = 0
  return {
    create(nonce, misbehaviour = {}) {
      const options = JSON.parse(String(nonce)) as Options
      const rpId = misbehaviour.rpId ?? options.rp?.id ?? ''
      const attested = Buffer.concat([Buffer.alloc(16), uint16(id.length), id, coseKey(publicKey)])
      const authData = authenticatorData(rpId, misbehaviour, 0x40, count, attested)
      const attestationObject = cbor(
        new Map<string, Cbor>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', authData],
        ]),
      )
      const clientDataJSON = clientData('webauthn.create', options, origin, misbehaviour)
      return credentialOf(id, { clientDataJSON, attestationObject, transports: ['internal'] })
    },
    get(nonce, misbehaviour = {}) {
      const options = JSON.parse(String(nonce)) as Options
      count = misbehaviour.signCount ?? count + 1
      const authenticatorDataBytes = authenticatorData(misbehaviour.rpId ?? options.rpId ?? '', misbehaviour, 0, count)
      const clientDataJSON = clientData('webauthn.get', options, origin, misbehaviour)
      const signed = Buffer.concat([authenticatorDataBytes, createHash('sha256').update(clientDataJSON).digest()])
      const key = misbehaviour.forged === true ? keyPair().privateKey : privateKey
      const signature = createSign('sha256').update(signed).sign(key)
      return credentialOf(id, {
        clientDataJSON,
        authenticatorData: authenticatorDataBytes,
        signature,
        userHandle: null,
      })
    },
  }
}

function keyPair(): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' })
}

function clientData(type: string, { challenge }: Options, origin: string, misbehaviour: Misbehaviour): Buffer {
  const told = { type, challenge: misbehaviour.challenge ?? challenge, origin: misbehaviour.origin ?? origin }
  return Buffer.from(JSON.stringify({ ...told, crossOrigin: false }))
}

/** WebAuthn §6.1. */
function authenticatorData(
  rpId: string,
  { userVerified = true }: Misbehaviour,
  flags: number,
  count: number,
  attested: Buffer = Buffer.alloc(0),
): Buffer {
  const counted = Buffer.alloc(4)
  counted.writeUInt32BE(count)
  const flag = Buffer.from([flags | 0x01 | (userVerified ? 0x04 : 0)])
  return Buffer.concat([createHash('sha256').update(rpId).digest(), flag, counted, attested])
}

function credentialOf(id: Buffer, response: Readonly<Record<string, Buffer | readonly string[] | null>>): string {
  const parts = Object.entries(response).map(([name, value]) => [
    name,
    Buffer.isBuffer(value) ? value.toString('base64url') : value,
  ])
  const named = id.toString('base64url')
  return JSON.stringify({ type: 'public-key', id: named, rawId: named, response: Object.fromEntries(parts) as object })
}

/** RFC 9053 §7.1.1: kty EC2, alg ES256, crv P-256. */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  return cbor(
    new Map<number, Cbor>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]),
  )
}

type Cbor = number | string | Buffer | Map<string, Cbor> | Map<number, Cbor>

/** As much of RFC 8949 as the above needs. */
function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  const entries = [...(value as Map<string | number, Cbor>)].flatMap(([name, item]) => [cbor(name), cbor(item)])
  return Buffer.concat([head(5, value.size), ...entries])
}

function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length])
  if (length < 256) return Buffer.from([(major << 5) | 24, length])
  return Buffer.concat([Buffer.from([(major << 5) | 25]), uint16(length)])
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}
