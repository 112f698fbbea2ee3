// The path of a signed URL, in the form in which clients take it.

/**
 * A URL has `?` and `#` of a name percent-encoded and everything else as it is: storage-js passes what it is given through
 * `encodeURI`, which leaves just these two alone.
 */
export function signedPath(url: string): string {
  return url.replaceAll('%', '%25').replaceAll('?', '%3F').replaceAll('#', '%23')
}

/** Whether a request for `asked`, decoded once, is one for `signed`; `encodeURI` has encoded once too often what was encoded already. */
export function isPathOf(asked: string, signed: string): boolean {
  return asked === signed || asked === signedPath(signed)
}
