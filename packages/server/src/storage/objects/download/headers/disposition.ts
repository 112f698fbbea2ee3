// What `?download` asks for.

/**
 * The value of `Content-Disposition` for `?download` and `?download=<name>`; null where it was not asked for. The name is
 * percent-encoded in both forms (RFC 6266, RFC 8187), as upstream has it, so that none can end the header.
 */
export function disposition(download: unknown): string | null {
  const name: unknown = Array.isArray(download) ? download[0] : download
  if (typeof name !== 'string') return null
  if (name === '') return 'attachment;'
  const encoded = encodeURIComponent(name.toWellFormed())
  const extended = encoded.replaceAll(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename=${encoded}; filename*=UTF-8''${extended}`
}
