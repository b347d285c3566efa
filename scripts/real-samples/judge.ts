import { fileSource, type Fault } from '../../src/base/index.ts'
import { readEvents, type LogEvent } from '../../src/events/index.ts'
import { identify } from '../../src/formats/index.ts'
import type { Known, Sample } from './product.ts'

/** What reading one file gave against what was expected of it. */
export interface Judged {
  readonly product: string
  readonly log: string
  readonly seen: string
  readonly lines: number
  readonly events: number
  readonly faults: number
  /** Events that no source map took. */
  readonly unexplained: number
  readonly known: number
  readonly wrong: readonly string[]
}

/** Reads a sample as `detect` does and compares; `since` and `until` bound the times its events may have (ISO). */
export async function judge(
  product: string,
  sample: Sample,
  span: { readonly since: string; readonly until: string },
): Promise<Judged> {
  const source = await fileSource(sample.file)
  const { seen } = await identify(source)
  const events: LogEvent[] = []
  const faults: Fault[] = []
  for await (const batch of readEvents(source, { zone: '+00:00', until: span.until.slice(0, 10), ...sample.options })) {
    events.push(...batch.records)
    faults.push(...batch.faults)
  }
  const bytes = Buffer.from(await source.slice(0, source.size))
  const binary = seen.startsWith('Linux log-in records')
  const lines = binary
    ? 0
    : bytes
        .toString('utf8')
        .split('\n')
        .filter((line) => line.trim() !== '').length
  const wrong: string[] = []
  if (seen !== sample.seen) wrong.push(`told as "${seen}", not as "${sample.seen}"`)
  const unexplained = events.filter((event) => sourceOf(event) === '//')
  for (const event of unexplained.slice(0, 3))
    wrong.push(`no source: ${(event.fields['message'] ?? JSON.stringify(event.fields)).slice(0, 160)}`)
  const others = [...new Set(events.map(sourceOf))].filter((one) => one !== '//' && !sample.sources.includes(one))
  for (const other of others) wrong.push(`events of ${other}, which this log does not hold`)
  if (sample.events !== undefined && events.length !== sample.events) wrong.push(`${events.length} events, not ${sample.events}`)
  for (const known of sample.known) {
    const found = events.filter((event) => fits(event, known)).length
    if (found !== known.times) wrong.push(`${known.what}: ${found}, not ${known.times}`)
  }
  wrong.push(...strayFaults(faults, sample.faults ?? []))
  if (sample.times !== 'any') {
    const outside = events.filter(({ time }) => time === '' || time < span.since || time > span.until)
    if (outside.length > 0)
      wrong.push(`${outside.length} events with the time ${outside[0]?.time || 'unknown'}, outside of the run`)
  }
  return {
    product,
    log: sample.name,
    seen,
    lines,
    events: events.length,
    faults: faults.length,
    unexplained: unexplained.length,
    known: sample.known.length,
    wrong,
  }
}

function sourceOf({ product, category, service }: LogEvent): string {
  return `${product}/${category}/${service}`
}

function fits(event: LogEvent, { event: wanted, fields }: Known): boolean {
  const own = event as unknown as Readonly<Record<string, unknown>>
  return (
    Object.entries(wanted ?? {}).every(([name, value]) => alike(own[name], value)) &&
    Object.entries(fields ?? {}).every(([name, value]) => alike(event.fields[name], value))
  )
}

function alike(value: unknown, wanted: string | number): boolean {
  if (typeof wanted === 'string' && wanted.endsWith('*'))
    return typeof value === 'string' && value !== '' && value.startsWith(wanted.slice(0, -1))
  return value === wanted
}

function strayFaults(faults: readonly Fault[], due: readonly string[]): readonly string[] {
  const left = [...due]
  const stray = faults.filter(({ code }) => {
    const at = left.indexOf(code)
    if (at === -1) return true
    left.splice(at, 1)
    return false
  })
  return [
    ...stray.slice(0, 3).map(({ code, where }) => `fault ${code} at line ${where.line ?? where.record ?? 0}`),
    ...(stray.length > 3 ? [`and ${stray.length - 3} faults more`] : []),
    ...left.map((code) => `no fault ${code}, which is due`),
  ]
}
