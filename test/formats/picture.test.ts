import { mkdtempSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
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
