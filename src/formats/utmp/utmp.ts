import { fault, type Batch, type ByteSource, type Fault, type Watch } from '../../base/index.ts'

/** A log-in record of Linux, fields as text. */
export interface UtmpRecord {
  /** Ordinal, from 1. */
  readonly n: number
  readonly fields: Readonly<Record<string, string>>
}

const recordBytes = 384
const types = [
  'EMPTY',
  'RUN_LVL',
  'BOOT_TIME',
  'NEW_TIME',
  'OLD_TIME',
  'INIT_PROCESS',
  'LOGIN_PROCESS',
  'USER_PROCESS',
  'DEAD_PROCESS',
  'ACCOUNTING',
]

/** Whether bytes begin as wtmp, btmp or utmp of Linux on x86-64 do (`struct utmp`, utmp(5)): several records that make sense. */
export function looksLikeUtmp(head: Uint8Array, size: number): boolean {
  if (size < recordBytes || head.length < recordBytes) return false
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.length)
  const count = Math.min(10, Math.floor(head.length / recordBytes))
  let filled = 0
  for (let i = 0; i < count; i += 1) {
    const record = bytes.subarray(i * recordBytes, (i + 1) * recordBytes)
    const type = record.readInt16LE(0)
    if (type < 0 || type > 9 || record.readInt16LE(2) !== 0) return false
    if (![8, 44, 76].every((at, k) => isPadded(record.subarray(at, at + [32, 32, 256][k]!)))) return false
    const seconds = record.readUInt32LE(340)
    // 1990 on.
    if (type > 0 && seconds < 631_152_000) return false
    if (record.readUInt32LE(344) > 999_999) return false
    if (type > 0) filled += 1
  }
  return filled > 0
}

/** Text, then zeros to the end. */
function isPadded(bytes: Buffer): boolean {
  const end = bytes.indexOf(0)
  const text = end === -1 ? bytes : bytes.subarray(0, end)
  return !text.some((byte) => byte < 32 || byte === 127)
}

/** The records of wtmp, btmp or utmp; empty ones are passed over. Bytes behind the last whole record are a fault. */
export async function* readUtmp(source: ByteSource, options: { readonly watch?: Watch } = {}): AsyncGenerator<Batch<UtmpRecord>> {
  const base = source.name.split(/[/\\]/).at(-1) ?? ''
  const file = /btmp/i.test(base) ? 'btmp' : /wtmp/i.test(base) ? 'wtmp' : ''
  const perBatch = 2_000
  const whole = Math.floor(source.size / recordBytes)
  for (let from = 0; from < whole; from += perBatch) {
    options.watch?.signal?.throwIfAborted()
    const count = Math.min(perBatch, whole - from)
    const bytes = Buffer.from(await source.slice(from * recordBytes, (from + count) * recordBytes))
    const records: UtmpRecord[] = []
    for (let i = 0; (i + 1) * recordBytes <= bytes.length; i += 1) {
      const fields = fieldsOf(bytes.subarray(i * recordBytes, (i + 1) * recordBytes))
      if (fields !== undefined) records.push({ n: from + i + 1, fields: file === '' ? fields : { ...fields, file } })
    }
    options.watch?.report?.({ step: `reading ${source.name}`, done: from + count, total: whole, unit: 'records' })
    yield { records, faults: [] }
  }
  const over = source.size % recordBytes
  const faults: Fault[] =
    over === 0
      ? []
      : [
          fault(
            'utmp-cut',
            `The last record has ${over} of ${recordBytes} bytes.`,
            { file: source.name, offset: whole * recordBytes },
            'The file was cut or is still written; the records before it were read.',
            1,
          ),
        ]
  yield { records: [], faults }
}

function fieldsOf(record: Buffer): Record<string, string> | undefined {
  const type = record.readInt16LE(0)
  if (type === 0) return undefined
  const text = (at: number, length: number): string => {
    const bytes = record.subarray(at, at + length)
    const end = bytes.indexOf(0)
    return new TextDecoder('utf-8').decode(end === -1 ? bytes : bytes.subarray(0, end))
  }
  const micros = Math.min(999_999, record.readUInt32LE(344))
  const all: Record<string, string> = {
    type: types[type] ?? String(type),
    pid: String(record.readInt32LE(4)),
    line: text(8, 32),
    id: text(40, 4),
    user: text(44, 32),
    from: text(76, 256),
    session: String(record.readInt32LE(336)),
    exit: `${record.readInt16LE(332)} ${record.readInt16LE(334)}`,
    time: `${record.readUInt32LE(340)}.${String(micros).padStart(6, '0')}`,
    address: addressOf(record.subarray(348, 364)),
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '' && value !== '0 0'))
}

/** Four bytes of IPv4 with zeros behind, or sixteen of IPv6. */
function addressOf(bytes: Buffer): string {
  if (bytes.every((byte) => byte === 0)) return ''
  if (bytes.subarray(4).every((byte) => byte === 0)) return bytes.subarray(0, 4).join('.')
  return Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(i * 2).toString(16)).join(':')
}
