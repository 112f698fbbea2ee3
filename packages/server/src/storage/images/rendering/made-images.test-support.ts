// Images that tests are made of, and that nobody would want to keep as files.

import { crc32, deflateSync } from 'node:zlib'

import sharp from 'sharp'

/** 200 by 100 pixels that its EXIF turns upright, with the place where it was taken. */
export async function rotatedPhoto(): Promise<Buffer> {
  return await sharp({ create: { width: 200, height: 100, channels: 3, background: 'navy' } })
    .withExif({ IFD3: { GPSLatitude: '52/1 31/1 0/1', GPSLatitudeRef: 'N' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
}

/** A GIF of 20 by 20 pixels whose frames differ. */
export async function animation(frames: number): Promise<Buffer> {
  const pictures = await Promise.all(
    Array.from({ length: frames }, async (_, index) => {
      const background = { r: (index * 50) % 256, g: 80, b: 120 }
      return await sharp({ create: { width: 20, height: 20, channels: 3, background } })
        .png()
        .toBuffer()
    }),
  )
  return await sharp(pictures, { join: { animated: true } })
    .gif({ delay: Array.from({ length: frames }, () => 70), loop: 0 })
    .toBuffer()
}

/** A GIF of one pixel that moves `frames` times. */
export async function framesBomb(frames: number): Promise<Buffer> {
  const still = await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
    .gif()
    .toBuffer()
  const image = still.indexOf(0x2c)
  return Buffer.concat([
    still.subarray(0, image),
    ...Array.from({ length: frames }, () => still.subarray(image, -1)),
    Buffer.from([0x3b]),
  ])
}

/** A PNG that claims a size and holds next to no pixels. */
export function bomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(100_000))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}
