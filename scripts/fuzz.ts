// Puts damaged logs into the readers, again and again: `node scripts/fuzz.ts [--executions N] [--seed N] [--only NAME] [--out DIR]`.
// An execution is one damaged log, identified and read both ways; one that throws, loses count or takes a second is kept in --out.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { bytesSource, type ByteSource } from '../src/base/index.ts'
import { readEvents, wholeEvent } from '../src/events/index.ts'
import { identify, type Identified } from '../src/formats/index.ts'
import { chunkBytes, evtxBytes, filetime, text, u16 } from '../test/formats/evtx-bytes.ts'

const { values } = parseArgs({
  options: {
    executions: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    out: { type: 'string', default: 'fuzz-found' },
  },
})
const executions = Number(values.executions)

/** mulberry32: small and quick; nothing here needs more. */
let state = Number(values.seed) >>> 0
function draw(below: number): number {
  state = (state + 0x6d2b79f5) >>> 0
  let mixed = Math.imul(state ^ (state >>> 15), state | 1)
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
  return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, below)
}

interface Input {
  readonly name: string
  readonly file: string
  readonly bytes: Buffer
  readonly identified: Identified
}

const cases = resolve(import.meta.dirname, '../test/cases/events')
const inputs: Input[] = []
for (const name of readdirSync(cases).toSorted()) {
  const file = readdirSync(join(cases, name)).find((one) => one.startsWith('in.'))
  if (file === undefined) continue
  const whole = readFileSync(join(cases, name, file))
  const bytes = whole.length > 4_096 ? whole.subarray(0, whole.lastIndexOf(10, 4_096) + 1 || 4_096) : whole
  inputs.push({ name, file, bytes, identified: await identify(bytesSource(file, whole)) })
}
const spec = {
  eventId: 1,
  time: filetime(1_790_000_000_000),
  data: [
    ['Image', text('C:\\Windows\\x.exe')],
    ['n', u16(7)],
  ] as const,
}
const log = evtxBytes([chunkBytes([spec, spec, spec])])
inputs.push({ name: 'evtx', file: 'in.evtx', bytes: log, identified: await identify(bytesSource('in.evtx', log)) })
const creation = `{"Channel":"Security","EventID":4688,"Hostname":"ws-1","TimeCreated":"2026-10-04T01:02:03Z","NewProcessName":"C:\\\\a \\"b\\" \\u00fc.exe","Tags":["a",1,null]}\n`
inputs.push({
  name: 'json-rows',
  file: 'in.json',
  bytes: Buffer.from(creation.repeat(4)),
  identified: { kind: 'jsonl', seen: 'JSON lines' },
})

const dictionary = [
  '\0',
  '\n',
  '\r\n',
  '"',
  '\\',
  '\\u0000',
  '\\ud800',
  '{',
  '}',
  '[',
  ']',
  ',',
  '=',
  '<',
  '|',
  ' ',
  '%ASA-6-1: ',
  '#Fields: a b\n',
  '__proto__',
  '1601-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '-9223372036854775808',
  '1e999',
  '\ufeff',
  'msg=audit(1:1): ',
  'x'.repeat(300),
].map((one) => Buffer.from(one))
dictionary.push(Buffer.from([0xff, 0xfe]), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from([0xff, 0xff, 0xff, 0xff]))

function damaged(bytes: Buffer, other: Buffer): Buffer {
  let out = Buffer.from(bytes)
  for (let left = 1 + draw(5); left > 0; left -= 1) {
    const at = draw(out.length)
    switch (draw(7)) {
      case 0:
        if (out.length > 0) out[at] = draw(256)
        break
      case 1:
        if (out.length > 0) out[at] = (out[at] as number) ^ (1 << draw(8))
        break
      case 2:
        out = out.subarray(0, at)
        break
      case 3:
        out = Buffer.concat([out.subarray(0, at), out.subarray(Math.min(out.length, at + 1 + draw(64)))])
        break
      case 4: {
        const piece = out.subarray(at, at + 1 + draw(128))
        out = Buffer.concat([out.subarray(0, at), piece, piece, out.subarray(at)])
        break
      }
      case 5:
        out = Buffer.concat([out.subarray(0, at), dictionary[draw(dictionary.length)] ?? out, out.subarray(at)])
        break
      default: {
        const from = draw(other.length)
        out = Buffer.concat([out.subarray(0, at), other.subarray(from, from + draw(200)), out.subarray(at)])
      }
    }
    if (out.length > 200_000) out = out.subarray(0, 200_000)
  }
  return out
}

/** What both ways of reading found: events and losses. */
async function read(source: ByteSource, identified: Identified, rows: boolean): Promise<{ events: number; lost: number }> {
  let events = 0
  let lost = 0
  for await (const batch of readEvents(source, { identified, rows, zone: '+08:00', year: 2026 })) {
    for (const event of batch.records) {
      events += 1
      if (rows) wholeEvent(event)
    }
    for (const one of batch.faults) lost += one.lost ?? 0
  }
  return { events, lost }
}

const chosen = values.only === undefined ? inputs : inputs.filter((one) => one.name === values.only)
const found = new Map<string, number>()
let longest = { ms: 0, name: '' }
const keep = (name: string, why: string, bytes: Buffer): void => {
  const key = `${name}: ${why}`
  found.set(key, (found.get(key) ?? 0) + 1)
  if ((found.get(key) ?? 0) > 1) return
  mkdirSync(values.out, { recursive: true })
  writeFileSync(join(values.out, `${name}-${found.size}.bin`), bytes)
  console.error(`found: ${key}`)
}
const began = performance.now()
for (let done = 1; done <= executions; done += 1) {
  const input = chosen[draw(chosen.length)] as Input
  const bytes = damaged(input.bytes, (inputs[draw(inputs.length)] as Input).bytes)
  const source = bytesSource(input.file, bytes)
  // Time on the cores: the process may have to wait for others.
  const started = process.cpuUsage()
  try {
    const careful = await read(source, input.identified, false)
    if (input.identified.kind === 'jsonl' || input.identified.kind === 'evtx') {
      const quick = await read(source, input.identified, true)
      if (quick.events + quick.lost !== careful.events + careful.lost)
        keep(
          input.name,
          `${careful.events} events and ${careful.lost} lost one way, ${quick.events} and ${quick.lost} the other`.replaceAll(
            /\d+/g,
            'n',
          ),
          bytes,
        )
    }
    if (done % 8 === 0) {
      const identified = await identify(source)
      if (identified.kind === 'log' || identified.kind === 'jsonl') await read(source, identified, false)
    }
  } catch (error) {
    keep(
      input.name,
      error instanceof Error ? `${error.message} ${error.stack?.split('\n')[1]?.trim() ?? ''}` : String(error),
      bytes,
    )
  }
  const { user, system } = process.cpuUsage(started)
  const ms = (user + system) / 1_000
  if (ms > longest.ms) longest = { ms, name: input.name }
  if (ms > 1_000) keep(input.name, 'took more than a second', bytes)
  if (done % 20_000 === 0)
    console.error(
      `${done} executions, ${Math.round((done / (performance.now() - began)) * 1000)} a second, longest ${longest.ms.toFixed(0)} ms (${longest.name})`,
    )
}
const seconds = (performance.now() - began) / 1000
console.log(
  JSON.stringify({
    executions,
    seed: Number(values.seed),
    inputs: chosen.length,
    seconds: Math.round(seconds),
    longestMs: Math.round(longest.ms),
    longest: longest.name,
    found: Object.fromEntries(found),
  }),
)
process.exitCode = found.size === 0 ? 0 : 1
