import { describe, expect, it } from 'vitest'

import { acceptsWebp, resultFormat, sourceFormat } from './image-format.ts'

describe('sourceFormat', () => {
  it.each([
    ['jpeg', 'ffd8ffe000104a464946'],
    ['png', '89504e470d0a1a0a0000000d'],
    ['gif', '474946383961'],
    ['webp', '52494646000000005745425056503820'],
    ['tiff', '49492a0008000000'],
    ['avif', '0000001c667479706176696600000000'],
    [null, '00000010667479706d69663100000000'],
    [null, '3c737667'],
    [null, '25504446'],
    [null, ''],
  ])('tells %s by its first bytes', (expected, hex) => {
    expect(sourceFormat(Buffer.from(hex, 'hex'))).toBe(expected)
  })
})

describe('resultFormat', () => {
  const opaque = { format: 'jpeg', hasAlpha: false } as const

  it('is what was asked for', () => {
    expect(resultFormat('avif', false, opaque)).toBe('avif')
    expect(resultFormat('webp', false, opaque)).toBe('webp')
    expect(resultFormat('origin', true, opaque)).toBe('jpeg')
    expect(resultFormat('origin', true, { format: 'webp', hasAlpha: false })).toBe('webp')
  })

  it('is WebP for whoever accepts it, else what every browser shows', () => {
    expect(resultFormat(null, true, opaque)).toBe('webp')
    expect(resultFormat(null, false, opaque)).toBe('jpeg')
    expect(resultFormat(null, false, { format: 'webp', hasAlpha: true })).toBe('png')
    expect(resultFormat(null, false, { format: 'avif', hasAlpha: false })).toBe('jpeg')
    expect(resultFormat('origin', false, { format: 'tiff', hasAlpha: false })).toBe('jpeg')
  })

  it('hears only of WebP in what is accepted', () => {
    expect(acceptsWebp('image/avif,image/webp,*/*')).toBe(true)
    expect(acceptsWebp('*/*')).toBe(false)
    expect(acceptsWebp(undefined)).toBe(false)
  })
})
