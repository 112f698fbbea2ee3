// A token of the instance for anybody, with what is wanted wrong with it. For development alone.

import { randomBytes } from 'node:crypto'

import type { Instance } from '../../state/instance/instance.ts'
import { sessionTokenShape } from '../../state/instance/instance-settings.ts'
import { requireSigningTemplate } from '../../state/instance/jwt-templates.ts'
import { generateSigningKey } from '../../state/instance/signing-keys.ts'
import { type Fault, faultyClaims } from '../forging/faults.ts'
import { signForged } from '../forging/sign-forged.ts'
import type { JsonObject } from '../json.ts'
import { type Issue, renderedFor, sessionClaims, type SessionTokenShape } from '../session-claims.ts'
import type { Signer, TokenClass } from '../sign-jwt.ts'
import { templateClaims } from '../template-claims.ts'
import type { TokenSubject } from '../token-subject.ts'
import { sessionTokenLifetime, templateSigner } from './mint-token.ts'

export interface ForgeRequest {
  readonly subject: TokenSubject
  readonly fault: Fault
  /** By which template; null makes a session token. */
  readonly template: string | null
  /** Seconds; null takes what the token would have otherwise. */
  readonly lifetimeSeconds: number | null
  readonly authorizedParty: string | null
  readonly version: SessionTokenShape['version'] | null
  readonly legacyOrganizationClaims: boolean | null
  /** Laid over the others, whatever they are. */
  readonly claims: JsonObject
}

/** The compact token. Refuses a template nobody made. */
export async function forgeToken(instance: Instance, request: ForgeRequest): Promise<string> {
  const { keys } = await instance.snapshot()
  const [key] = keys
  const { claims, tokenClass, signer } = await draft(instance, request, {
    algorithm: 'RS256',
    kid: key.kid,
    key: key.privateKey,
  })
  const now = Math.floor(instance.store.now() / 1000)
  const faulty = faultyClaims({ ...claims, ...request.claims }, request.fault, now)
  return await signForged(faulty, tokenClass, request.fault, {
    signer,
    published: key.privateKey,
    newKey: generateSigningKey,
  })
}

interface Draft {
  readonly claims: JsonObject
  readonly tokenClass: TokenClass
  readonly signer: Signer
}

async function draft(instance: Instance, request: ForgeRequest, ownSigner: Signer): Promise<Draft> {
  const { subject } = request
  if (request.template !== null) {
    const template = await requireSigningTemplate(instance.store, request.template)
    const issue = issueOf(instance, request, template.lifetime)
    const claims = templateClaims(subject, template.claims, template.allowedClockSkew, issue)
    return { claims, tokenClass: 'template', signer: templateSigner(template, ownSigner) }
  }
  const shape = await shapeOf(instance, request)
  const claims = sessionClaims(subject, renderedFor(subject, shape), issueOf(instance, request, sessionTokenLifetime))
  return { claims, tokenClass: 'session', signer: ownSigner }
}

async function shapeOf(instance: Instance, request: ForgeRequest): Promise<SessionTokenShape> {
  const { settings } = await instance.snapshot()
  const shape = sessionTokenShape(settings)
  return {
    ...shape,
    version: request.version ?? shape.version,
    legacyOrganizationClaims: request.legacyOrganizationClaims ?? shape.legacyOrganizationClaims,
  }
}

function issueOf(instance: Instance, request: ForgeRequest, lifetime: number): Issue {
  return {
    nowMilliseconds: instance.store.now(),
    lifetimeSeconds: request.lifetimeSeconds ?? lifetime,
    issuer: instance.issuer,
    authorizedParty: request.authorizedParty,
    tokenId: randomBytes(10).toString('hex'),
  }
}
