import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { createSignedTokens } from './create-signed-tokens.ts'
import { isPathOf, signedPath } from './signed-path.ts'

const ALLOWED = "azAZ09_/!-.*'() &$=@;:+,?#%äß漢".split('')
const names = fc.string({ unit: fc.constantFrom(...ALLOWED), minLength: 1, maxLength: 40 })
const urls = fc.tuple(fc.constantFrom('avatars', 'a b?'), names).map(([bucket, name]) => `${bucket}/${name}`)

/** The path that a server sees of a URL, decoded once, as the router does. */
function asked(path: string): string {
  const { pathname } = new URL(`http://localhost/object/sign/${path}?token=t`)
  return decodeURIComponent(pathname.slice('/object/sign/'.length))
}

/** `.` and `..` are no segments of a name, since a URL takes them for something else. */
function plain(url: string): boolean {
  return url.split('/').every((segment) => segment !== '.' && segment !== '..')
}

describe('the path of a signed URL', () => {
  it('leads to its object as it stands, and through the encoding of storage-js', () => {
    fc.assert(
      fc.property(urls.filter(plain), (url) => {
        expect(isPathOf(asked(signedPath(url)), url)).toBe(true)
        expect(isPathOf(asked(encodeURI(signedPath(url))), url)).toBe(true)
      }),
    )
  })

  it('leads to no other object whose name could be asked for', async () => {
    const tokens = createSignedTokens('secret')
    await fc.assert(
      fc.asyncProperty(urls, urls, async (signed, other) => {
        fc.pre(signed !== other)
        const token = await tokens.sign({ url: signed, scope: 'download' }, 60)
        const opened = await tokens.verify(token, { url: other, scope: 'download' }).catch(() => null)
        expect(opened === null || opened.url === signed).toBe(true)
      }),
    )
  })
})
