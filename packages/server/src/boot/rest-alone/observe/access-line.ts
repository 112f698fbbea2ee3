// One line a request, close to Apache's combined format, as PostgREST writes it to standard output.

export interface Access {
  /** Address of the caller; null on a Unix socket. */
  readonly remote: string | null
  /** Null where nobody could be made out. */
  readonly role: string | null
  readonly method: string
  /** Path and query as they came. */
  readonly target: string
  readonly httpVersion: string
  readonly status: number
  /** Bytes of the body, null where the response does not say. */
  readonly length: number | null
  readonly referer: string | undefined
  readonly userAgent: string | undefined
}

/** Without a line end. Nothing a caller sends can end the line or leave its quotes. */
export function accessLine(access: Access, now: Date): string {
  const { remote, role, method, target, httpVersion, status, length, referer, userAgent } = access
  const request = `${method} ${target} HTTP/${httpVersion}`
  const who = `${remote ?? '-'} - ${role === null ? '-' : role.replaceAll(/\s/g, '_')} [${logTime(now)}]`
  return `${who} ${quoted(request)} ${status} ${length ?? '-'} ${quoted(referer)} ${quoted(userAgent)}`
}

function quoted(text = ''): string {
  const visible = text.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll(/[^\u0020-\u{10ffff}]/gu, escaped)
  return `"${visible}"`
}

function escaped(sign: string): string {
  return `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `22/Nov/2026:06:14:08 +0000`, in the process's own time zone. */
export function logTime(now: Date): string {
  const east = -now.getTimezoneOffset()
  const zone = `${east < 0 ? '-' : '+'}${two(Math.floor(Math.abs(east) / 60))}${two(Math.abs(east) % 60)}`
  const day = `${two(now.getDate())}/${months[now.getMonth()] ?? ''}/${now.getFullYear()}`
  return `${day}:${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())} ${zone}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
