import { expect, test } from 'vitest'
import { bytesSource, collect } from '../../src/base/index.ts'
import { coverageMeter, readEvents, wholeEvent } from '../../src/events/index.ts'
import { compile, detectionOf, loadRules } from '../../src/sigma/index.ts'
import { chunkBytes, evtxBytes, filetime, text, type EventSpec } from '../formats/evtx-bytes.ts'

const event = (day: number, image: string): EventSpec => ({
  eventId: 1,
  time: filetime(Date.UTC(2026, 0, day, 10)),
  data: [['Image', text(image)]],
})

/** A chunk of an invented log that was used in January up to the 5th, and again on the 30th. */
function log(): Buffer {
  const chunk = chunkBytes([1, 3, 5].map((day) => event(day, 'C:\\Tools\\early.exe')))
  const later = chunkBytes([event(30, 'C:\\Tools\\later.exe')])
  later.copy(chunk, 0, 0, later.readUInt32LE(48))
  return evtxBytes([chunk])
}

test('records recovered from slack say so in both ways and in detections, and are not covered', async () => {
  const rule = `title: Invented tool
id: 88888888-8888-4888-8888-888888888888
level: low
logsource: { product: windows, category: process_creation }
detection: { a: { Image|startswith: 'C:\\Tools\\' }, condition: a }
`
  const rules = compile(loadRules([{ name: 'a.yml', text: rule }]).rules)
  for (const rows of [false, true]) {
    const { records, faults } = await collect(readEvents(bytesSource('a.evtx', log()), { rows }))
    expect(faults).toEqual([])
    const told = records.map(wholeEvent)
    expect(told.map(({ time, at, fields }) => [time.slice(0, 10), at, fields['recovered']])).toEqual([
      ['2026-01-30', { kind: 'record', n: 1 }, undefined],
      ['2026-01-03', { kind: 'record', n: 2 }, 'from slack'],
      ['2026-01-05', { kind: 'record', n: 3 }, 'from slack'],
    ])
    const found = records.flatMap((one) => rules.match(one).map((each) => detectionOf(each, one).fields))
    expect(found).toEqual([
      { Image: 'C:\\Tools\\later.exe' },
      { Image: 'C:\\Tools\\early.exe', recovered: 'from slack' },
      { Image: 'C:\\Tools\\early.exe', recovered: 'from slack' },
    ])
    const meter = coverageMeter()
    meter.add(records)
    expect(meter.result().map((row) => row.events)).toEqual([1])
  }
})
