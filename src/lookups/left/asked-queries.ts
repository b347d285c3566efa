import { fault, limits, type Batch, type Fault, type Watch } from '../../base/index.ts'
import { readEvents } from '../../events/index.ts'
import { readLines, type Line } from '../../formats/index.ts'
import { callsClient, queriesIn, splitStatements } from '../../statements/index.ts'
import { accountOfPath, type AskedQuery, type LeftReading, type LeftSource } from './left-source.ts'
import { scriptText } from './script-text.ts'
import { TypedCommands, type TypedCommand } from './typed-commands.ts'

/** Records of one query by several tools of one log lie within this, and as many are remembered. */
const [oneQueryMs, remembered] = [2_000, 10_000]

type Querying = Extract<LeftReading, { readonly kind: 'history' | 'script' | 'command-lines' }>

/** Queries in what was left behind, in its order. */
export function askedQueries(left: LeftSource, reading: Querying, watch?: Watch): AsyncGenerator<Batch<AskedQuery>> {
  if (reading.kind === 'command-lines') return ofLog(left, watch)
  return reading.of === 'shell' ? ofCommands(left, watch) : ofStatements(left, reading.kind === 'history')
}

async function* ofLog(left: LeftSource, watch: Watch | undefined): AsyncGenerator<Batch<AskedQuery>> {
  if (!(await mayHoldCalls(left))) return
  const once = oneQueryOnce()
  const events = readEvents(left.source, {
    ...(left.zone === undefined ? {} : { zone: left.zone }),
    ...(left.host === undefined ? {} : { host: left.host }),
    ...(watch === undefined ? {} : { watch }),
  })
  for await (const batch of events) {
    const records: AskedQuery[] = []
    for (const { class: kind, commandLine, account, host, time, at } of batch.records) {
      if (kind !== 'process' || !callsClient(commandLine)) continue
      for (const query of once(queriesOf(commandLine), { time, host })) records.push({ at, time, account, host, query })
    }
    // What else this log leaves out is told where it is read as a log.
    yield { records, faults: left.log === true ? [] : batch.faults }
  }
}

/** Queries without those that a record before names on the same machine within two seconds: a shell and the client it starts log one query twice. */
export function oneQueryOnce(): (queries: readonly string[], of: { readonly time: string; readonly host: string }) => string[] {
  const told = new Map<string, number>()
  return (queries, { time, host }) =>
    queries.filter((query) => {
      const key = `${host}\u0000${query}`
      const [before, now] = [told.get(key), Date.parse(time)]
      told.delete(key)
      told.set(key, now)
      if (told.size > remembered) for (const oldest of [...told.keys()].slice(0, 1)) told.delete(oldest)
      return before === undefined || !(Math.abs(now - before) <= oneQueryMs)
    })
}

/** Whether the bytes of a log hold the name of a client at all: looked at before its records are read once more. */
async function mayHoldCalls({ source, log }: LeftSource): Promise<boolean> {
  const head = Buffer.from(await source.slice(0, 8)).toString('latin1')
  if (log !== true || head.startsWith('Elf') || /^(?:\u00ff\u00fe|\u00fe\u00ff)/.test(head)) return true
  let before = ''
  for await (const bytes of source.stream()) {
    const text = before + Buffer.from(bytes).toString('latin1')
    if (callsClient(text)) return true
    before = text.slice(-100)
  }
  return false
}

async function* ofCommands(left: LeftSource, watch: Watch | undefined): AsyncGenerator<Batch<AskedQuery>> {
  const commands = new TypedCommands()
  const whose = { account: accountOfPath(left.member ?? left.source.name), host: left.host ?? '' }
  const asked = (found: readonly TypedCommand[]): AskedQuery[] =>
    found.flatMap(({ line, time, command }) =>
      queriesOf(command).map((query) => ({ at: { kind: 'line', n: line }, time, ...whose, query })),
    )
  for await (const batch of readLines(left.source, watch === undefined ? {} : { watch }))
    yield { records: batch.records.flatMap(({ text, n }: Line) => asked(commands.add(text, n))), faults: batch.faults }
  yield { records: asked(commands.end()), faults: [] }
}

/** The single queries of a command line. */
export function queriesOf(command: string): string[] {
  return queriesIn(command).flatMap((text) => splitStatements(text).map((one) => one.text))
}

async function* ofStatements(left: LeftSource, entries: boolean): AsyncGenerator<Batch<AskedQuery>> {
  const { source } = left
  const faults: Fault[] = []
  if (source.size > limits.documentBytes)
    faults.push(
      fault(
        'left-file-long',
        `Only the first ${limits.documentBytes} bytes of this file were read for queries.`,
        { file: source.name },
        'Give the rest as files of their own.',
        0,
      ),
    )
  const { text, lineAt } = scriptText(await source.slice(0, limits.documentBytes))
  const whose = { account: accountOfPath(left.member ?? source.name), host: left.host ?? '', time: '' }
  const records = splitStatements(text, { entries }).map(({ text: query, from }): AskedQuery => ({
    at: { kind: 'line', n: lineAt(from) },
    ...whose,
    query,
  }))
  yield { records, faults }
}
