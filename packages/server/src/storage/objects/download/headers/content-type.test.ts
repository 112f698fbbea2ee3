import { describe, expect, it } from 'vitest'

import { servedType } from './content-type.ts'

describe('the type that an object is served as', () => {
  it.each([
    'text/html',
    'TEXT/HTML',
    ' text/html',
    'text/html;charset',
    'text/html; charset=utf-8',
    'application/xhtml+xml',
    'image/png, text/html',
    'text/html\r\nset-cookie: a=b',
  ])('is plain text for %j, which a browser may take for a page', (stored) => {
    expect(servedType(stored)).toEqual({ contentType: 'text/plain', contentSecurityPolicy: null })
  })

  it.each([
    'image/svg+xml',
    'IMAGE/SVG+XML',
    'image/svg+xml; charset=utf-8',
    'application/xml',
    'text/xml',
    'text/xsl',
    'application/xml-dtd',
    'text/xml-external-parsed-entity',
    'application/xml-external-parsed-entity',
  ])('stays %j, sandboxed where it is opened', (stored) => {
    const { contentType, contentSecurityPolicy } = servedType(stored)
    expect(contentType).toBe(stored)
    expect(contentSecurityPolicy).toContain('sandbox')
    expect(contentSecurityPolicy).toContain("default-src 'none'")
  })

  it.each([
    'image/png',
    'text/plain; charset=utf-8',
    'application/javascript',
    'application/json',
    'application/vnd.api+json; profile="a b"',
    'application/pdf',
  ])('stays %j as it was stored', (stored) => {
    expect(servedType(stored)).toEqual({ contentType: stored, contentSecurityPolicy: null })
  })

  it.each([
    null,
    undefined,
    '',
    'png',
    'image/',
    '/png',
    'multipart/x-mixed-replace;boundary=x',
    'message/rfc822',
    'MESSAGE/RFC822; charset=utf-8',
    'image/png, text/xml',
    'a b/c',
  ])('is bytes of no type for %j', (stored) => {
    expect(servedType(stored).contentType).toBe('application/octet-stream')
  })

  it.each(['image/png;x', 'image/png; a=b\r\nc: d', 'image/png; a="\\""'])('loses the parameters of %j', (stored) => {
    expect(servedType(stored).contentType).toBe('image/png')
  })
})
