// Times other detection engines on the same files as ours, by turns, where they are installed: `node bench/peers.ts --corpus DIR --rules DIR`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { bytesSource, fileSource } from '../src/base/index.ts'
import { readEvents } from '../src/events/index.ts'
import { identify } from '../src/formats/index.ts'
import { openCorpus } from './corpus.ts'

/** One way of running an engine over one file of events. */
interface Peer {
  readonly name: string
  readonly program: string
  /** `loading`: over a file of one event, whose time is what loading the rules takes. */
  readonly command: (file: string, rules: string) => readonly string[]
  /** The file it reads: as it is, or with the log source of each event written into it. */
  readonly reads: 'json' | 'hinted' | 'evtx'
  readonly matches: (stdout: string) => number
}

const lines = (text: string): number => text.split('\n').filter((line) => line.startsWith('{')).length
const here = resolve(import.meta.dirname, '..')

const peers: readonly Peer[] = [
  ...[1, 2].map((threads): Peer => ({
    name: `breachline, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    program: join(here, 'bin/breachline'),
    command: (file, rules) => ['detect', file, '--only-rules', rules, '--threads', String(threads), '--json'],
    reads: 'json',
    matches: (text) => lines(text) - 1,
  })),
  {
    name: 'rsigma, log source of each event given',
    program: 'rsigma',
    command: (file, rules) => [
      'engine',
      'eval',
      '-r',
      rules,
      '-e',
      `@${file}`,
      '--logsource-routing',
      '--output-format',
      'ndjson',
    ],
    reads: 'hinted',
    matches: lines,
  },
  {
    name: 'rsigma, product given',
    program: 'rsigma',
    command: (file, rules) =>
      `engine eval --logsource-routing --event-logsource product=windows --output-format ndjson -r`
        .split(' ')
        .concat(rules, '-e', `@${file}`),
    reads: 'json',
    matches: lines,
  },
  {
    name: 'hayabusa',
    program: 'hayabusa',
    command: (file, rules) => ['json-timeline', '--JSON-input', '-f', file, '-r', rules, '-w', '-q', '-L'],
    reads: 'json',
    matches: lines,
  },
  {
    name: 'chainsaw',
    program: 'chainsaw',
    command: (file, rules) => [
      'hunt',
      file,
      '-s',
      rules,
      '--mapping',
      process.env['CHAINSAW_MAPPING'] ?? 'sigma-event-logs-all.yml',
      '--jsonl',
      '-q',
    ],
    reads: 'evtx',
    matches: lines,
  },
  {
    name: 'zircolite',
    program: 'zircolite',
    command: (file, rules) => ['--events', file, '--ruleset', rules, '--jsononly'],
    reads: 'json',
    matches: lines,
  },
]

/** Log sources by what decides them. */
const sources = new Map<string, { readonly product: string; readonly category: string; readonly service: string }>()

const { values } = parseArgs({
  options: { corpus: { type: 'string' }, rules: { type: 'string' }, runs: { type: 'string', default: '3' } },
})
if (values.corpus === undefined || values.rules === undefined) {
  console.error('give --corpus FOLDER of JSON or EVTX logs and --rules FOLDER of Sigma rules; engines are sought on PATH')
  process.exit(2)
}
const rules = resolve(values.rules)
const runs = Number(values.runs)
const scratch = await mkdtemp(join(tmpdir(), 'breachline-peers-'))
try {
  const corpus = await openCorpus({ folder: values.corpus, scratch: join(scratch, 'corpus'), needs: 'logs' })
  const files = await together(corpus.files.map((file) => file.path))
  const found = peers.flatMap((peer) => {
    const program = programOf(peer.program)
    const file = files[peer.reads]
    return program === undefined || file === undefined ? [] : [{ peer, program, file }]
  })
  for (const peer of peers)
    if (!found.some((one) => one.peer === peer)) console.log(`not run: ${peer.name} (not installed, or no such logs)`)
  const best = new Map<string, { clock: number; cores: number; load: number; matches: number }>()
  for (let run = 1; run <= runs; run += 1)
    for (const { peer, program, file } of found) {
      const load = await timed(program, peer.command(file.one, rules))
      const whole = await timed(program, peer.command(file.all, rules))
      const matches = peer.matches(whole.stdout)
      const before = best.get(peer.name)
      best.set(peer.name, {
        clock: Math.min(before?.clock ?? Infinity, whole.clock - load.clock),
        cores: Math.min(before?.cores ?? Infinity, whole.cores - load.cores),
        load: Math.min(before?.load ?? Infinity, load.cores),
        matches,
      })
    }
  console.log(
    `${corpus.files.length} files, ${corpus.bytes} bytes, sha256 ${corpus.sha256}; ${runs} runs by turns, the least of each; loading of rules taken off`,
  )
  console.log('engine | events | matches | clock s | cores s | events per second of the cores | loading, cores s')
  for (const { peer, file } of found) {
    const one = best.get(peer.name)
    if (one === undefined) continue
    const rate = Math.round(file.events / one.cores)
    console.log(
      [peer.name, file.events, one.matches, one.clock.toFixed(2), one.cores.toFixed(2), rate, one.load.toFixed(2)].join(' | '),
    )
  }
} finally {
  await rm(scratch, { recursive: true, force: true })
}

interface Together {
  /** All events in one file, and its first one alone. */
  readonly all: string
  readonly one: string
  readonly events: number
}

/** The logs as one file each of the kinds that engines read. */
async function together(paths: readonly string[]): Promise<{ json?: Together; hinted?: Together; evtx?: Together }> {
  const json: string[] = []
  for (const path of paths) if ((await identify(await fileSource(path))).kind === 'jsonl') json.push(path)
  if (json.length === 0) return {}
  const place = (name: string): Together & { events: number } => ({
    all: join(scratch, `${name}.json`),
    one: join(scratch, `${name}-1.json`),
    events: 0,
  })
  const plain = place('events')
  const hinted = place('hinted')
  const [out, hint] = [createWriteStream(plain.all), createWriteStream(hinted.all)]
  for (const path of json) {
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      if (!line.startsWith('{')) continue
      const { product, category, service } = await sourceOf(line)
      const hintedLine = `{"product":"${product}","category":"${category}","service":"${service}",${line.slice(1)}`
      if (plain.events === 0) {
        await writeFile(plain.one, `${line}\n`)
        await writeFile(hinted.one, `${hintedLine}\n`)
      }
      plain.events += 1
      if (!out.write(`${line}\n`)) await once(out, 'drain')
      if (!hint.write(`${hintedLine}\n`)) await once(hint, 'drain')
    }
  }
  await Promise.all([out, hint].map((stream) => new Promise<void>((done) => void stream.end(() => done()))))
  return { json: plain, hinted: { ...hinted, events: plain.events } }
}

/** The log source of an event as our own maps tell it, so that the other engine has not to find it out. */
async function sourceOf(
  line: string,
): Promise<{ readonly product: string; readonly category: string; readonly service: string }> {
  const key = `${/"Channel":"([^"]*)"/.exec(line)?.[1]} ${/"EventID":"?(\d+)/.exec(line)?.[1]} ${/EventType(?:"|: )[":\s]*(\w+)/.exec(line)?.[1]}`
  const known = sources.get(key)
  if (known !== undefined) return known
  for await (const { records } of readEvents(bytesSource('line', Buffer.from(`${line}\n`)))) {
    const [event] = records
    if (event === undefined) continue
    const source = { product: event.product, category: event.category, service: event.service }
    sources.set(key, source)
    return source
  }
  return { product: '', category: '', service: '' }
}

function programOf(name: string): string | undefined {
  if (name.includes('/')) return existsSync(name) ? name : undefined
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path))
}

/** Seconds by the clock and on the cores (user and system, all threads) of a command, and what it wrote. */
async function timed(program: string, args: readonly string[]): Promise<{ clock: number; cores: number; stdout: string }> {
  const file = join(scratch, 'stdout')
  const child = spawn('bash', ['-c', 'TIMEFORMAT="%R %U %S"; time "$@" > "$OUT" 2>/dev/null', 'time', program, ...args], {
    env: { ...process.env, OUT: file, BREACHLINE_NO_INSTALL: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let told = ''
  child.stderr.on('data', (bytes: Buffer) => (told += bytes.toString()))
  await new Promise((done) => child.once('close', done))
  const [clock = 0, user = 0, system = 0] = (told.trim().split('\n').at(-1) ?? '').split(' ').map(Number)
  const { size } = await stat(file)
  const bytes = await (await fileSource(file)).slice(0, size)
  return { clock, cores: user + system, stdout: Buffer.from(bytes).toString('utf8') }
}
