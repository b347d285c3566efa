import { readFile } from 'node:fs/promises'
import { fileSource } from '../src/base/index.ts'
import { readEvtx } from '../src/formats/index.ts'
import type { Corpus } from './corpus.ts'
import { Stopwatch, type Measure } from './measure.ts'

/** The reader of Windows event logs alone: every record with all its fields, no mapping to events, no rules. */
export const evtx: Measure = {
  about: 'records read from Windows event logs, all fields, nothing else done with them; then once more in the same process',
  needs: 'evtx',
  runs: 5,
  rates: [
    { unit: 'records/s', count: 'records', time: 'read' },
    { unit: 'MB/s of used bytes', count: 'used bytes', time: 'read', per: 1e6 },
    { unit: 'records/s', count: 'records', time: 'read again' },
    { unit: 'MB/s of used bytes', count: 'used bytes', time: 'read again', per: 1e6 },
    { unit: 'MB/s of file bytes', count: 'file bytes', time: 'read', per: 1e6 },
  ],
  async run({ corpus }) {
    const watch = new Stopwatch()
    const first = await watch.time('read', () => readAll(corpus))
    await watch.time('read again', () => readAll(corpus))
    let used = 0
    await watch.time('count used bytes', async () => {
      for (const file of corpus.files) used += usedBytes(await readFile(file.path))
    })
    return { counts: { ...first, 'file bytes': corpus.bytes, 'used bytes': used }, times: watch.times, cores: watch.cores }
  },
}

async function readAll(corpus: Corpus): Promise<{ records: number; recovered: number; fields: number; faults: number }> {
  const counts = { records: 0, recovered: 0, fields: 0, faults: 0 }
  for (const file of corpus.files)
    for await (const batch of readEvtx(await fileSource(file.path, file.name))) {
      const recovered = batch.records.filter((one) => one.recovered === true).length
      counts.records += batch.records.length - recovered
      counts.recovered += recovered
      counts.faults += batch.faults.length
      for (const record of batch.records) for (const _ in record.fields) counts.fields += 1
    }
  return counts
}

const headerBytes = 4096
const chunkBytes = 65_536

/** The header and, of each chunk, the bytes up to its free space: logs are laid out with room that holds nothing. */
function usedBytes(file: Buffer): number {
  let used = Math.min(headerBytes, file.length)
  for (let at = headerBytes; at < file.length; at += chunkBytes) {
    const chunk = file.subarray(at, at + chunkBytes)
    if (chunk.toString('latin1', 0, 8) !== 'ElfChnk\0' || chunk.length < 52) continue
    const free = chunk.readUInt32LE(48)
    used += free >= 512 && free <= chunk.length ? free : chunk.length
  }
  return used
}
