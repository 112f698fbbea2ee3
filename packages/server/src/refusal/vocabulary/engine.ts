// Refusals of finding or starting Postgres: told to whoever runs the command, never to an HTTP client.

import type { NoDetail } from './no-detail.ts'

export interface EngineRefusals {
  /** No embedded Postgres is published or installed for this machine. */
  'engine.binaries-missing': { readonly platform: string; readonly packageName: string }
  /** Another Tenon serves this data folder now. */
  'engine.already-running': { readonly folder: string; readonly pid: number; readonly port: number | null }
  /** Something else listens on Postgres' port. `holder` is the command and its process id, where they can be told. */
  'engine.port-taken': { readonly port: number; readonly holder: string | null }
  /** Another process uses the Unix socket of the data folder. */
  'engine.socket-taken': { readonly socket: string; readonly reason: string }
  /** The data folder was written by another major version of Postgres. */
  'engine.folder-version': { readonly folder: string; readonly found: string; readonly supported: string }
  /** The data folder belongs to a user whom this process cannot become. */
  'engine.folder-owner': { readonly folder: string; readonly owner: string; readonly runner: string }
  /** The folder holds files and none of them is Postgres' version file. */
  'engine.folder-foreign': { readonly folder: string; readonly found: readonly string[] }
  /** No place was found that the unprivileged user can reach and write. */
  'engine.folder-unreachable': { readonly folder: string; readonly runner: string; readonly tried: readonly string[] }
  /** The process is root, Postgres refuses root, and no other user exists or could be made. */
  'engine.no-unprivileged-user': NoDetail
  /** Bytes free on the data folder's disk. */
  'engine.disk-full': { readonly folder: string; readonly free: number | null; readonly reason: string }
  /** initdb failed for a reason of its own. */
  'engine.initialise-failed': { readonly folder: string; readonly reason: string }
  /** Postgres ended before it was ready, or was not ready in time. */
  'engine.start-failed': { readonly folder: string; readonly reason: string; readonly log: string }
  /** What was given as the address of a Postgres is none. */
  'engine.address-invalid': NoDetail
  /** The given Postgres does not answer, or does not let us in. */
  'engine.unreachable': { readonly host: string; readonly port: number; readonly reason: string }
  /** The given user may make nothing at all in the given database. */
  'engine.privilege-missing': { readonly user: string; readonly database: string; readonly reason: string }
  /** The given Postgres is older than we can serve. */
  'engine.version-unsupported': { readonly version: string; readonly supported: string }
}
