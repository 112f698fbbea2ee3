// The file of signing keys: the one that the configuration names, or a new one beside it.

import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'

import { printSigningKeys, type SigningKeyEntry } from '../../identity/keys/signing-keys.ts'
import type { ConfigPort } from '../../platform/project/config-file/config-port.ts'
import type { KeysFilePort } from '../../platform/trust/signing-keys/keys-file-port.ts'
import { Refusal } from '../../refusal/refusal.ts'

interface KeysFileOptions {
  readonly config: ConfigPort
  /** `supabase/`; what the configuration names is relative to it. */
  readonly folder: string
  /** As the configuration names it at the start; null for none. */
  readonly configured: string | null
}

const NAME = 'signing_keys.json'
/** The owner alone. */
const MODE = 0o600

/** Whoever writes waits for one write before the next. */
export function openKeysFile({ config, folder, configured }: KeysFileOptions): KeysFilePort {
  let path = configured === null ? null : resolve(folder, configured)
  const write = async (keys: readonly SigningKeyEntry[]): Promise<void> => {
    if (path !== null) return await put(path, printSigningKeys(keys))
    const made = await freshPath(folder)
    await put(made, printSigningKeys(keys))
    try {
      await config.change({
        plan: () => [{ kind: 'set', path: ['auth', 'signing_keys_path'], value: `./${relative(folder, made)}` }],
        apply: () => void (path = made),
      })
    } catch (thrown) {
      await rm(made, { force: true })
      throw thrown
    }
  }
  return { path: () => path, write }
}

async function put(file: string, text: string): Promise<void> {
  const beside = `${file}.${process.pid}.new`
  try {
    await writeFile(beside, text, { mode: MODE })
    await chmod(beside, MODE)
    await rename(beside, file)
  } catch (error) {
    await rm(beside, { force: true })
    throw new Refusal('config.unwritable', { file, reason: String(error) }, { cause: error })
  }
}

/** A file that lies there and that the configuration does not name may be somebody's: it is left alone. */
async function freshPath(folder: string): Promise<string> {
  const file = join(folder, NAME)
  const taken = await readFile(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  )
  if (!taken) return file
  const reason = 'it exists, and [auth] signing_keys_path does not name it'
  const fix = 'Name it in [auth] signing_keys_path and start again, or move it away.'
  throw new Refusal('config.unwritable', { file, reason }, { fix })
}
