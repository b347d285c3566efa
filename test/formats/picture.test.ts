import { mkdtempSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import { Resvg } from '@resvg/resvg-js'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { readPicture } from '../../src/formats/index.ts'

const fonts = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf')

function draw(lines: readonly string[], size = { width: 640, height: 200 }): Buffer {
  const text = lines.map((line, index) => `<text x="20" y="${50 + index * 40}">${line}</text>`).join('')
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}"><rect width="100%" height="100%" fill="white"/><g font-family="DejaVu Sans" font-size="22">${text}</g></svg>`
  return new Resvg(svg, {
    font: { fontFiles: [join(fonts, 'DejaVuSans.ttf')], loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans' },
  })
    .render()
    .asPng()
}

test('the text of a drawn screenshot is read with its regions', async () => {
  const reading = await readPicture(draw(['Meridian Telekom CRM', 'Subscribers 1,886']))
  if (reading.kind === 'fault') throw new Error(reading.what)
  expect(reading).toMatchObject({ format: 'png', width: 640, height: 200 })
  expect(reading.text).toContain('Meridian Telekom CRM')
  expect(reading.text).toContain('1,886')
  expect(reading.confidence).toBeGreaterThan(60)
  const word = reading.words.find((one) => one.text === 'Meridian')
  expect(word?.region.x).toBeGreaterThan(10)
  expect(word?.region.x).toBeLessThan(40)
  expect(word?.region.y).toBeLessThan(60)
  expect(reading.lines).toHaveLength(2)
})

test('a file that is no picture is a fault that names the file', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'picture-')), 'screenshot.png')
  writeFileSync(file, 'GET / HTTP/1.1')
  expect(await readPicture(file)).toMatchObject({ kind: 'fault', code: 'picture-not-a-picture', where: { file } })
})

test('a picture cut in the middle is a fault, not a crash', async () => {
  const bytes = draw(['Meridian Telekom'])
  const answer = await readPicture(bytes.subarray(0, Math.floor(bytes.length / 2)), { file: 'cut.png' })
  expect(answer).toMatchObject({ kind: 'fault', code: 'picture-unreadable', where: { file: 'cut.png' } })
})

test('a picture that announces too many pixels is refused before it is decoded', async () => {
  const bytes = Buffer.from(draw(['x'], { width: 64, height: 64 }))
  bytes.writeUInt32BE(60_000, 16)
  bytes.writeUInt32BE(60_000, 20)
  const answer = await readPicture(bytes)
  expect(answer).toMatchObject({ kind: 'fault' })
  expect(['picture-too-large', 'picture-unreadable']).toContain(answer.kind === 'fault' ? answer.code : '')
})

test('reading stops at the time limit and on abort', async () => {
  expect(await readPicture(draw(['slow']), { ms: 1 })).toMatchObject({ kind: 'fault', code: 'picture-timeout' })
  const stop = new AbortController()
  const reading = readPicture(draw(['slow']), { signal: stop.signal })
  stop.abort()
  await expect(reading).rejects.toThrow()
})

/** Bits in which two perceptual hashes differ. */
function apart(a = '', b = ''): number {
  return (BigInt(`0x${a}`) ^ BigInt(`0x${b}`))
    .toString(2)
    .split('')
    .filter((bit) => bit === '1').length
}

test('light text on dark ground and on a coloured button is read', async () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="220"><rect width="640" height="220" fill="#15191e"/>' +
    '<rect x="30" y="120" width="180" height="36" fill="#2563a8"/><g font-family="DejaVu Sans" font-size="16">' +
    '<text x="30" y="50" fill="#d5dae0">Alarm history</text><text x="48" y="143" fill="#ffffff">Dispatch crew</text></g></svg>'
  const png = new Resvg(svg, { font: { fontFiles: [join(fonts, 'DejaVuSans.ttf')], loadSystemFonts: false } }).render().asPng()
  const reading = await readPicture(png)
  if (reading.kind === 'fault') throw new Error(reading.what)
  expect(reading.lines.map((line) => line.text)).toEqual(['Alarm history', 'Dispatch crew'])
})

test('a copy saved anew keeps its perceptual hash within four bits, another picture does not; marks of the file are told', async () => {
  const png = draw(['Meridian Telekom CRM', 'Subscribers 1,886'])
  const copy = await sharp(png)
    .jpeg({ quality: 50 })
    .withExif({ IFD0: { Software: 'Invented Photo Editor 3', DateTime: '2026:03:02 10:00:00' } })
    .toBuffer()
  const other = await sharp({ create: { width: 640, height: 200, channels: 3, background: '#808080' } })
    .composite([{ input: { create: { width: 300, height: 200, channels: 3, background: '#101010' } }, left: 0, top: 0 }])
    .png()
    .toBuffer()
  const [first, second, third] = await Promise.all([readPicture(png), readPicture(copy), readPicture(other)])
  if (first.kind === 'fault' || second.kind === 'fault' || third.kind === 'fault') throw new Error('a picture was not read')
  expect(first.hash).toMatch(/^[0-9a-f]{16}$/)
  expect(apart(first.hash, second.hash)).toBeLessThanOrEqual(4)
  expect(apart(first.hash, third.hash)).toBeGreaterThan(4)
  expect(first.marks).toEqual([])
  expect(second.marks).toContainEqual({ what: 'software', from: 'exif', text: 'Invented Photo Editor 3' })
  expect(second.marks).toContainEqual({ what: 'changed', from: 'exif', text: '2026:03:02 10:00:00' })
  expect(second.marks?.some((mark) => mark.what === 'place')).toBe(false)
})

test('a picture of 500 megapixels is refused by its header', async () => {
  const head = Buffer.alloc(17)
  head.write('IHDR', 0, 'latin1')
  head.writeUInt32BE(25_000, 4)
  head.writeUInt32BE(20_000, 8)
  head.set([8, 0, 0, 0, 0], 12)
  const chunk = (body: Buffer): Buffer => {
    const size = Buffer.alloc(4)
    size.writeUInt32BE(body.length - 4)
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([size, body, sum])
  }
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const data = Buffer.concat([Buffer.from('IDAT', 'latin1'), Buffer.from([0x78, 0x9c, 0x03, 0, 0, 0, 0, 1])])
  const bytes = Buffer.concat([magic, chunk(head), chunk(data), chunk(Buffer.from('IEND', 'latin1'))])
  expect(await readPicture(bytes, { file: 'huge.png' })).toMatchObject({ kind: 'fault', code: 'picture-too-large' })
})
