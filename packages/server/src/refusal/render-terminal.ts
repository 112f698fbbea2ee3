// Refusals of starting up as sentences for whoever typed the command. Refusals that belong to a request
// never reach a terminal by themselves; one that does is named by its code.

import type { AnyRefusal, Refusal, RefusalDetails, StartRefusals } from './refusal.ts'

/** What to print: what was refused, and what to do about it where that is known. */
export interface TerminalRefusal {
  readonly sentence: string
  readonly fix: string | null
}

type StartSentences = { readonly [Code in keyof StartRefusals]: (detail: RefusalDetails[Code]) => string }

/** Says a refusal in one or a few lines, without colours. */
export function renderTerminal(refusal: AnyRefusal): TerminalRefusal {
  return { sentence: isStart(refusal) ? say(refusal) : unexpected(refusal), fix: refusal.fix ?? null }
}

function isStart(refusal: AnyRefusal): refusal is Extract<AnyRefusal, { readonly code: keyof StartRefusals }> {
  return Object.hasOwn(sentences, refusal.code)
}

function say<Code extends keyof StartRefusals>(refusal: Refusal<Code>): string {
  return sentences[refusal.code](refusal.detail)
}

function unexpected({ code, detail }: AnyRefusal): string {
  return `${code}: ${JSON.stringify(detail)}`
}

const sentences: StartSentences = {
  'boot.config-invalid': ({ file, key, problem }) =>
    key === '' ? `${file}: ${problem}` : `${file}: ${key} ${problem}.`,
  'boot.port-taken': ({ host, port, door }) => `Something else listens on ${host}:${port}, where ${door} wants to.`,
  'boot.unsafe-exposure': ({ what, because }) => `Refusing to start: ${because}, and strangers could use ${what}.`,
  'boot.switched-off': ({ key }) => `${key} is false.`,
  'boot.nothing-stored': ({ folder }) => `This project has stored nothing: there is no ${folder}.`,
  'boot.reset-external': () => 'A reset removes everything from this database, and it is not one of our own.',
  'engine.binaries-missing': ({ platform, packageName }) =>
    `There is no embedded Postgres for ${platform} (${packageName} is not installed).`,
  'engine.already-running': ({ folder, pid, port }) =>
    `A stack already runs on ${folder} (process ${pid}${port === null ? '' : `, Postgres on port ${port}`}).`,
  'engine.port-taken': ({ port, holder }) =>
    `Port ${port}, which Postgres wants, is taken${holder === null ? '' : ` by ${holder}`}.`,
  'engine.socket-taken': ({ socket, reason }) => `The socket ${socket} is in use: ${reason}`,
  'engine.folder-version': ({ folder, found, supported }) =>
    `The data in ${folder} is of Postgres ${found}; this is Postgres ${supported}. Nothing was changed.`,
  'engine.folder-owner': ({ folder, owner, runner }) =>
    `${folder} belongs to ${owner}; Postgres would run as ${runner}.`,
  'engine.folder-foreign': ({ folder, found }) =>
    `${folder} is no data folder of Postgres and not empty (${found.slice(0, 5).join(', ')}).`,
  'engine.folder-unreachable': ({ folder, runner, tried }) =>
    `User ${runner}, as whom Postgres must run, cannot reach ${folder}, nor write any of: ${tried.join(', ')}.`,
  'engine.no-unprivileged-user': () =>
    'Postgres refuses to run as root, and there is no other system user to run it as, nor could one be made.',
  'engine.disk-full': ({ folder, free, reason }) =>
    `The disk of ${folder} is full${free === null ? '' : ` (${free} bytes free)`}: ${reason}`,
  'engine.initialise-failed': ({ folder, reason }) => `The data folder ${folder} could not be made: ${reason}`,
  'engine.start-failed': ({ folder, reason, log }) =>
    `Postgres did not start on ${folder}: ${reason}\n${log}`.trimEnd(),
  'engine.address-invalid': () => 'The address of the database cannot be read as a postgresql:// URL.',
  'engine.unreachable': ({ host, port, reason }) => `Postgres at ${host}:${port} cannot be reached: ${reason}`,
  'engine.privilege-missing': ({ user, database, reason }) =>
    `User ${user} may not set up database ${database}: ${reason}.`,
  'engine.version-unsupported': ({ version, supported }) =>
    `Postgres ${version} cannot be served; supported: ${supported}.`,
  'migration.failed': ({ path, line, statement, message, sqlstate, hint }) =>
    [
      `${path}, line ${line}: ${message}${sqlstate === null ? '' : ` (${sqlstate})`}`,
      ...(hint === null ? [] : [`Hint: ${hint}`]),
      ...statement.split('\n').map((text) => `    ${text}`),
      'No file after it was applied.',
    ].join('\n'),
  'migration.unreadable': ({ path, line, problem }) => `${path}, line ${line}: ${problem}`,
  'migration.duplicate-version': ({ version, paths }) => `Two migrations have version ${version}: ${paths.join(', ')}.`,
}
