// Runs as a process of its own: bytes of one picture on standard input, one JSON answer on standard output.
// The decoder sees hostile bytes here and nowhere else; the text reader only sees pixels that were written anew.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { createWorker, type Block } from 'tesseract.js'
import type { ChildAnswer, PictureLine, PictureReading, PictureWord } from './reading.ts'

const maxPixels = Number(process.argv[2])
const maxWords = Number(process.argv[3])
/** Small pictures are read at up to this many times their size: letters under 20 pixels are misread otherwise. */
const enlargeBelow = 1_600

async function input(): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

async function answer(bytes: Buffer): Promise<ChildAnswer> {
  let drawn: { png: Buffer; scale: number; width: number; height: number; format: string }
  try {
    const open = () => sharp(bytes, { limitInputPixels: false, failOn: 'error', pages: 1 })
    const { width, height, format } = await open().metadata()
    if (width * height > maxPixels)
      return { ok: false, code: 'picture-too-large', what: `the picture has ${width} x ${height} pixels, more than ${maxPixels}` }
    const scale = width < enlargeBelow ? Math.max(1, Math.min(2, Math.floor((2 * enlargeBelow) / width))) : 1
    const png = await open()
      .flatten({ background: '#ffffff' })
      .greyscale()
      .resize({ width: width * scale, kernel: 'cubic' })
      .png({ compressionLevel: 1 })
      .toBuffer()
    drawn = { png, scale, width, height, format }
  } catch {
    return { ok: false, code: 'picture-unreadable', what: 'the bytes cannot be decoded as the picture they say they are' }
  }
  const data = dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json'))
  const worker = await createWorker('eng', 1, {
    langPath: join(data, '4.0.0_best_int'),
    cacheMethod: 'none',
    gzip: true,
    errorHandler: () => undefined,
  })
  const { data: page } = await worker.recognize(drawn.png, {}, { text: true, blocks: true })
  await worker.terminate()
  return { ok: true, reading: readingOf(page.text, page.confidence, page.blocks ?? [], drawn) }
}

function readingOf(
  text: string,
  confidence: number,
  blocks: readonly Block[],
  drawn: { scale: number; width: number; height: number; format: string },
): PictureReading {
  const region = (box: { x0: number; y0: number; x1: number; y1: number }): PictureWord['region'] => ({
    x: Math.floor(box.x0 / drawn.scale),
    y: Math.floor(box.y0 / drawn.scale),
    width: Math.ceil((box.x1 - box.x0) / drawn.scale),
    height: Math.ceil((box.y1 - box.y0) / drawn.scale),
  })
  const lines: PictureLine[] = []
  const words: PictureWord[] = []
  for (const block of blocks)
    for (const paragraph of block.paragraphs)
      for (const line of paragraph.lines) {
        if (lines.length < maxWords) lines.push({ text: line.text.trim(), region: region(line.bbox) })
        for (const word of line.words)
          if (words.length < maxWords)
            words.push({ text: word.text, confidence: Math.round(word.confidence), region: region(word.bbox) })
      }
  const { width, height, format } = drawn
  return { kind: 'picture', format, width, height, text: text.trim(), confidence: Math.round(confidence), lines, words }
}

let result: ChildAnswer
try {
  result = await answer(await input())
} catch {
  result = { ok: false, code: 'picture-reader-failed', what: 'the text reader stopped with an error' }
}
process.stdout.write(JSON.stringify(result), () => process.exit(0))
