import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { bytesSource, collect, fileSource } from '../../src/base/index.ts'
import { readEvtx, readJson, type JsonObject, type JsonValue } from '../../src/formats/index.ts'

const shared = path.resolve(import.meta.dirname, '../../../shared/data')
const absent = !existsSync(shared)
const note = absent ? ' (skipped: no shared data)' : ''

// 277 files, 8,255 records by the record ranges in their chunk headers; sbousseaden/EVTX-ATTACK-SAMPLES (GPL-3, read in place).
test.skipIf(absent)(`all 277 sample files are read, every record their chunk headers state, without a fault${note}`, async () => {
  const files = globSync(path.join(shared, 'evtx-samples/**/*.evtx')).sort()
  let records = 0
  let stated = 0
  let recovered = 0
  const faults: string[] = []
  for (const file of files) {
    const bytes = readFileSync(file)
    for (let at = 4096; at + 512 <= bytes.length; at += 65_536) {
      if (bytes.toString('latin1', at, at + 7) !== 'ElfChnk') continue
      const first = bytes.readBigUInt64LE(at + 8)
      const last = bytes.readBigUInt64LE(at + 16)
      if (last >= first && last < 1n << 62n) stated += Number(last - first) + 1
    }
    const read = await collect(readEvtx(bytesSource(file, bytes)))
    const own = read.records.filter((record) => record.recovered === undefined)
    records += own.length
    recovered += read.records.length - own.length
    expect(read.records.map((record) => record.n)).toEqual(read.records.map((_, index) => index + 1))
    faults.push(...read.faults.map((fault) => fault.code))
    for (const record of read.records) expect(record.fields['EventID']).toMatch(/^\d+$/)
  }
  expect(files).toHaveLength(277)
  expect(faults).toEqual([])
  expect(records).toBe(8_255)
  expect(stated).toBe(records)
  // Behind the ends that chunks state 12,098 frames stand, 429 of them copies; of most the template is gone.
  expect(recovered).toBe(901)
})

test.skipIf(absent)(
  `fields agree with the JSON beside each of the 92 regression logs, but for blanks at the ends${note}`,
  async () => {
    const files = globSync(path.join(shared, 'sigma-regression/**/*.evtx')).sort()
    let compared = 0
    for (const file of files) {
      const { records, faults } = await collect(readEvtx(await fileSource(file)))
      expect(faults).toEqual([])
      const wanted = (await collect(readJson(await fileSource(file.replace(/evtx$/, 'json'))))).records
      for (const { value } of wanted) {
        const want = flat(value)
        const record = records.find(
          ({ fields, recovered }) => recovered === undefined && fields['EventRecordID'] === want['EventRecordID'],
        )
        if (record === undefined) continue // some JSON files hold fewer or other records than the log
        const got = Object.fromEntries(Object.entries(record.fields).map(([name, text]) => [name, plain(text)]))
        expect(Object.keys(got).sort()).toEqual(Object.keys(want).sort())
        for (const [name, text] of Object.entries(want))
          expect([name, got[name]?.toLowerCase()]).toEqual([name, text.toLowerCase()])
        compared += 1
      }
    }
    expect(files).toHaveLength(92)
    expect(compared).toBeGreaterThanOrEqual(92)
  },
)

/** Both sides without what the converters differ in: braces of GUIDs, digits below the microsecond, blanks. */
function plain(text: string): string {
  return text
    .replace(/^\{([0-9A-F-]{36})\}$/i, '$1')
    .replace(/(\.\d{6})\d{0,3}Z$/, '$1Z')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

function flat(value: JsonObject): Record<string, string> {
  const event = value['Event'] as JsonObject
  const fields: Record<string, string> = {}
  for (const [name, member] of Object.entries(event['System'] as JsonObject)) {
    if (typeof member === 'object' && member !== null) {
      const { '#attributes': attributes, '#text': text } = member as JsonObject
      for (const [key, inner] of Object.entries((attributes ?? {}) as JsonObject))
        fields[name === 'TimeCreated' ? name : `${name}_${key}`] = plain(scalar(inner))
      if (text !== undefined) fields[name] = plain(scalar(text))
    } else if (member !== null) fields[name] = plain(scalar(member))
  }
  const leaves = (part: JsonValue | undefined): void => {
    for (const [name, member] of Object.entries((part ?? {}) as JsonObject)) {
      if (name === '#attributes') continue
      if (typeof member === 'object' && member !== null && !Array.isArray(member)) leaves(member)
      else fields[name.replaceAll(' ', '')] = plain(scalar(member))
    }
  }
  leaves(event['EventData'])
  leaves(event['UserData'])
  return fields
}

function scalar(value: JsonValue): string {
  return value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
}
