// Runs as a process of its own: bytes of one picture on standard input, one JSON answer on standard output.
// The decoder sees hostile bytes here and nowhere else; the text reader only sees pixels that were written anew.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { createWorker, PSM, type Block } from 'tesseract.js'
import { inkOnPaper } from './ink.ts'
import { linesOf } from './layout.ts'
import { marksOf } from './marks.ts'
import { perceptualHash } from './perceptual-hash.ts'
import type { ChildAnswer, PictureMark, PictureReading, PictureWord } from './reading.ts'

const maxPixels = Number(process.argv[2])
const maxWords = Number(process.argv[3])
/** Small pictures are read at up to this many times their size: letters under 20 pixels are misread otherwise. */
const enlargeBelow = 1_600

/** The pixels for the text reader, and what was seen of the file before. */
interface Drawn {
  readonly png: Buffer
  readonly scale: number
  readonly width: number
  readonly height: number
  readonly format: string
  readonly hash: string
  readonly marks: readonly PictureMark[]
}

async function input(): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

async function answer(bytes: Buffer): Promise<ChildAnswer> {
  let drawn: Drawn
  try {
    const open = () => sharp(bytes, { limitInputPixels: false, failOn: 'error', pages: 1 })
    const about = await open().metadata()
    const { width, height, format } = about
    if (width * height > maxPixels)
      return { ok: false, code: 'picture-too-large', what: `the picture has ${width} x ${height} pixels, more than ${maxPixels}` }
    const grey = () => open().flatten({ background: '#ffffff' }).greyscale()
    const scale = width < enlargeBelow ? Math.max(1, Math.min(2, Math.floor((2 * enlargeBelow) / width))) : 1
    const ink = inkOnPaper(await grey().raw().toBuffer(), { width, height })
    const png = await sharp(ink, { raw: { width, height, channels: 1 }, limitInputPixels: false })
      .resize({ width: width * scale, kernel: 'cubic' })
      .png({ compressionLevel: 1 })
      .toBuffer()
    const small = await grey().resize({ width: 32, height: 32, fit: 'fill' }).raw().toBuffer()
    drawn = { png, scale, width, height, format, hash: perceptualHash(small), marks: marksOf(about) }
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
  // Screens are texts here and there, not paragraphs: each is looked for by itself.
  await worker.setParameters({ tessedit_pageseg_mode: PSM.SPARSE_TEXT, user_defined_dpi: '144' })
  const { data: page } = await worker.recognize(drawn.png, {}, { text: true, blocks: true })
  await worker.terminate()
  return { ok: true, reading: readingOf(page.confidence, page.blocks ?? [], drawn) }
}

function readingOf(confidence: number, blocks: readonly Block[], drawn: Drawn): PictureReading {
  const { width, height, format, scale, hash, marks } = drawn
  const region = (box: { x0: number; y0: number; x1: number; y1: number }): PictureWord['region'] => ({
    x: Math.floor(box.x0 / scale),
    y: Math.floor(box.y0 / scale),
    width: Math.ceil((box.x1 - box.x0) / scale),
    height: Math.ceil((box.y1 - box.y0) / scale),
  })
  const words = blocks
    .flatMap((block) => block.paragraphs)
    .flatMap((paragraph) => paragraph.lines)
    .flatMap((line) => line.words)
    .slice(0, maxWords)
    .map((word): PictureWord => ({ text: word.text, confidence: Math.round(word.confidence), region: region(word.bbox) }))
    .filter((word) => word.text.trim() !== '')
  const { lines, text } = linesOf(words)
  return { kind: 'picture', format, width, height, text, confidence: Math.round(confidence), lines, words, hash, marks }
}

let result: ChildAnswer
try {
  result = await answer(await input())
} catch {
  result = { ok: false, code: 'picture-reader-failed', what: 'the text reader stopped with an error' }
}
process.stdout.write(JSON.stringify(result), () => process.exit(0))
