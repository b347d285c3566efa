import { fault, limits, unreachable, type Batch, type ByteSource, type Fault, type Place, type Watch } from '../../base/index.ts'
import { readLines } from '../lines/lines.ts'
import { asUtf8, statedEncoding } from '../lines/utf8.ts'
import { Framer, type Frame } from './frames.ts'
import type { JsonObject } from './json-value.ts'
import { parseJson } from './parse-json.ts'

/** One JSON object of a file. */
export interface JsonRecord {
  /** Ordinal among the values of the file, from 1, counting unreadable ones. */
  readonly n: number
  /** Line on which it begins, from 1. */
  readonly line: number
  /** What a cite should name: the line where each line is one value, the ordinal elsewhere. */
  readonly unit: 'line' | 'record'
  readonly value: JsonObject
}

const passedOver = 'It was passed over; look at it in the original. What follows was read.'

/**
 * The objects of a JSON file in order: one per line, the elements of an array, or objects one after another over several
 * lines (told apart by the first 64 KiB). A broken, too deep or too long value is a fault with its line and reading goes
 * on; a doubled key and ill-formed text are faults beside the record.
 */
export async function* readJson(source: ByteSource, options: { readonly watch?: Watch } = {}): AsyncGenerator<Batch<JsonRecord>> {
  if (await onePerLine(source)) yield* fromLines(source, options.watch)
  else yield* fromFrames(source, options.watch)
}

export async function onePerLine(source: ByteSource): Promise<boolean> {
  const bytes = await source.slice(0, 65_536)
  const head = new TextDecoder(statedEncoding(bytes) ?? 'utf-8').decode(bytes)
  if (head.trimStart().startsWith('[')) return false
  const lines = head.split('\n', 20)
  const whole = lines.slice(0, source.size > bytes.length ? -1 : undefined).filter((line) => line.trim() !== '')
  return whole.slice(0, 5).some((line) => line.startsWith('{') && parseJson(line).ok)
}

async function* fromLines(source: ByteSource, watch: Watch | undefined): AsyncGenerator<Batch<JsonRecord>> {
  let n = 0
  for await (const batch of readLines(source, watch === undefined ? {} : { watch })) {
    const records: JsonRecord[] = []
    const faults: Fault[] = [...batch.faults]
    for (const line of batch.records) {
      if (line.text.trim() === '') continue
      n += 1
      const value = objectOf(line.text, { file: source.name, line: line.n, record: n }, faults)
      if (value !== undefined) records.push({ n, line: line.n, unit: 'line', value })
    }
    yield { records, faults }
  }
}

async function* fromFrames(source: ByteSource, watch: Watch | undefined): AsyncGenerator<Batch<JsonRecord>> {
  const framer = new Framer()
  let n = 0
  let done = 0
  const batchOf = (frames: readonly Frame[], before: readonly Fault[]): Batch<JsonRecord> => {
    const records: JsonRecord[] = []
    const faults: Fault[] = [...before]
    for (const frame of frames) {
      if (frame.kind === 'lost' && frame.why === 'text') {
        faults.push(
          fault(
            'json-text-between',
            'Text that is no JSON object stands between the values.',
            { file: source.name, line: frame.line },
            passedOver,
            0,
          ),
        )
        continue
      }
      n += 1
      const where = { file: source.name, line: frame.line, record: n, offset: frame.from }
      if (frame.kind === 'lost') {
        faults.push(fault(`json-${frame.why}`, lostWhat(frame.why), where, passedOver, 1))
        continue
      }
      const value = objectOf(frame.bytes.toString('utf8', 0, frame.bytes.length), where, faults)
      if (value !== undefined) records.push({ n, line: frame.line, unit: 'record', value })
    }
    return { records, faults }
  }
  for await (const block of asUtf8(source)) {
    watch?.signal?.throwIfAborted()
    yield batchOf(framer.feed(block.bytes), block.faults)
    done += block.bytes.length
    watch?.report?.({ step: `reading ${source.name}`, done, total: source.size, unit: 'bytes' })
  }
  const rest = batchOf(framer.end(), [])
  if (rest.faults.length > 0) yield rest
}

export function objectOf(text: string, where: Place, faults: Fault[]): JsonObject | undefined {
  const parsed = parseJson(text)
  if (!parsed.ok) {
    faults.push(fault(`json-${parsed.why}`, lostWhat(parsed.why), where, passedOver, 1))
    return undefined
  }
  if (typeof parsed.value !== 'object' || parsed.value === null || Array.isArray(parsed.value)) {
    faults.push(fault('json-not-object', 'The value is no JSON object.', where, passedOver, 1))
    return undefined
  }
  for (const note of parsed.notes) {
    if (note === 'duplicate-key') {
      const todo = 'Look at the original: two readers of this value may see different things.'
      faults.push(fault('json-duplicate-key', 'An object names a member twice; the last one counts.', where, todo, 0))
    } else {
      faults.push(
        fault('text-ill-formed', 'Text holds a lone surrogate; it was replaced by U+FFFD.', where, 'Look at the original.', 0),
      )
    }
  }
  return parsed.value as JsonObject
}

function lostWhat(why: 'syntax' | 'size' | 'depth' | 'truncated' | 'text'): string {
  switch (why) {
    case 'syntax':
      return 'The value is no well-formed JSON.'
    case 'size':
      return `The value is longer than ${limits.documentBytes} bytes.`
    case 'depth':
      return `The value nests deeper than ${limits.depth}.`
    case 'truncated':
      return 'The file ends inside a value.'
    case 'text':
      return 'Text that is no JSON.'
    default:
      return unreachable(why)
  }
}
