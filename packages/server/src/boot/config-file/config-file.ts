// `supabase/config.toml` as a running server changes it: one change at a time, written beside the file and put in its
// place, and never over what somebody else wrote meanwhile.

import { chmod, chown, mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

import { parse } from 'smol-toml'

import type {
  ConfigChange,
  ConfigEdit,
  ConfigPort,
  ConfigState,
} from '../../platform/project/config-file/config-port.ts'
import { isRefusal, Refusal } from '../../refusal/refusal.ts'
import { configFileOf, parseProjectConfig } from '../config/read-project-config.ts'
import { editToml, TomlEditImpossible } from './edit-toml.ts'

interface ConfigFileOptions {
  readonly projectDir: string
  /** What `env(NAME)` stands for. */
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** The file of a project, which need not exist. Reads nothing before it is asked. */
export function openConfigFile({ projectDir, environment }: ConfigFileOptions): ConfigPort {
  const file = configFileOf(projectDir)
  const stateOf = (text: string): ConfigState => readState(text, projectDir, environment)
  let last: Promise<unknown> = Promise.resolve()
  const change = async ({ plan, check, apply }: ConfigChange): Promise<ConfigState> => {
    const before = await textOf(file)
    const now = stateOf(before ?? '')
    const edits = plan(now)
    const after = edits.length === 0 ? (before ?? '') : editText(before ?? '', edits)
    const next = stateOf(after)
    await check?.(next)
    if (edits.length > 0) await replace(file, before, after)
    try {
      await apply(next)
    } catch (thrown) {
      if (edits.length > 0) await replace(file, after, before)
      throw thrown
    }
    return next
  }
  return {
    file,
    read: async () => stateOf((await textOf(file)) ?? ''),
    async change(wanted) {
      const turn = last.then(async () => await change(wanted))
      last = turn.catch(() => undefined)
      return await turn
    },
  }
}

function readState(text: string, projectDir: string, environment: ConfigFileOptions['environment']): ConfigState {
  try {
    const { auth, api } = parseProjectConfig(text, projectDir, environment)
    const { schemas, extraSearchPath, maxRows } = api
    const { thirdParty, signingKeysPath } = auth
    return { written: parse(text), thirdParty, schemas, extraSearchPath, maxRows, signingKeysPath }
  } catch (thrown) {
    if (!isRefusal(thrown) || thrown.code !== 'boot.config-invalid') throw thrown
    const { key, problem } = thrown.detail
    throw new Refusal('config.invalid', { key, problem }, { cause: thrown })
  }
}

function editText(text: string, edits: readonly ConfigEdit[]): string {
  try {
    return editToml(text, edits)
  } catch (thrown) {
    if (!(thrown instanceof TomlEditImpossible)) throw thrown
    throw new Refusal('config.not-editable', { key: thrown.key, reason: thrown.message }, { cause: thrown })
  }
}

/** Null where there is no file. */
async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw new Refusal('config.unwritable', { file, reason: String(error) }, { cause: error })
  }
}

/** Puts `after` where `before` still stands; null is no file. Refuses `config.changed`, `config.unwritable`. */
async function replace(file: string, before: string | null, after: string | null): Promise<void> {
  // A link stays one: what it leads to is replaced.
  const target = await realpath(file).catch(() => file)
  const beside = `${target}.${process.pid}.new`
  try {
    await mkdir(dirname(target), { recursive: true })
    // The file may hold secrets and be its owner's alone: its successor is so from the first byte.
    if (after !== null) await writeFile(beside, after, { mode: before === null ? 0o666 : 0o600 })
    if (after !== null && before !== null) await ownAlike(beside, target)
    if ((await textOf(file)) !== before) {
      throw new Refusal('config.changed', { file }, { fix: 'Look again and repeat what you did.' })
    }
    await (after === null ? rm(target) : rename(beside, target))
  } catch (error) {
    await rm(beside, { force: true })
    if (isRefusal(error)) throw error
    const fix = 'Let the server write to the folder, or change the file by hand and start it again.'
    throw new Refusal('config.unwritable', { file, reason: String(error) }, { fix, cause: error })
  }
}

/** A server that runs as root must not take the file from its owner; others own it already, or may not give it away. */
async function ownAlike(beside: string, target: string): Promise<void> {
  const { mode, uid, gid } = await stat(target)
  await chmod(beside, mode)
  await chown(beside, uid, gid).catch(() => undefined)
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code
}
