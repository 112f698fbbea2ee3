// What counts as a URI in the configuration (RFC 3986).

const uri =
  /^[A-Za-z][A-Za-z\d+.-]*:(?:[\w.~:/?@!$&'()*+,;=[\]-]|%[\dA-Fa-f]{2})*(?:#(?:[\w.~:/?@!$&'()*+,;=-]|%[\dA-Fa-f]{2})*)?$/

/** Has a scheme, and nothing that would have to be percent-encoded. */
export function isUri(text: string): boolean {
  return uri.test(text)
}

/** An absolute http(s) URI without query, fragment and user, on a port from 1 to 65535. */
export function isProxyAddress(text: string): boolean {
  if (!isUri(text)) return false
  const match = /^https?:\/\/([^/?#@[\]:]+|\[[^\]]+\])(?::(\d*))?(?:\/[^?#]*)?$/i.exec(text)
  if (match === null) return false
  const [, , port = ''] = match
  return port === '' || (Number(port) > 0 && Number(port) < 65_536)
}
