/** Columns of nfdump's text behind the two addresses, under short names. */
const shortNames: Readonly<Record<string, string>> = {
  'Date first seen': 'first',
  'Date flow start': 'first',
  Event: 'event',
  XEvent: 'xevent',
  Duration: 'duration',
  Proto: 'proto',
  'Src IP Addr:Port': 'src',
  'Dst IP Addr:Port': 'dst',
  Flags: 'flags',
  Tos: 'tos',
  Packets: 'packets',
  'Out Pkt': 'outPackets',
  'In Pkt': 'packets',
  Bytes: 'bytes',
  'Out Byte': 'outBytes',
  'In Byte': 'bytes',
  pps: 'pps',
  bps: 'bps',
  Bpp: 'bpp',
  Flows: 'flows',
}

const named = new RegExp(Object.keys(shortNames).join('|'), 'g')

/**
 * The columns of nfdump's output by its header: `-o csv` as written; `-o line`, `long`, `extended` under short names with
 * address and port apart (`src`, `srcPort`, `dst`, `dstPort`).
 */
export function flowColumns(header: string): readonly string[] {
  if (header.startsWith('ts,')) return header.trim().split(',')
  const names = [...header.matchAll(named)].map((found) => shortNames[found[0]] ?? found[0])
  return names.flatMap((name) => (name === 'src' || name === 'dst' ? [name, `${name}Port`] : [name]))
}

const scale: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, G: 1e9, T: 1e12 }

/** The cells of a row under such columns; undefined when it is no row. */
export function flowRow(text: string, columns: readonly string[]): readonly string[] | undefined {
  if (columns[0] === 'ts') return text.trim().split(',')
  const words = text.trim().split(/\s+/, 64)
  const date = words.shift()
  const clock = words.shift()
  if (date === undefined || clock === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined
  const cells: string[] = [`${date} ${clock}`]
  for (let i = 1; i < columns.length; i += 1) {
    if (words[0] === '->') words.shift()
    const word = words.shift()
    if (word === undefined) return undefined
    if (columns[i] === 'src' || columns[i] === 'dst') {
      cells.push(...addressAndPort(word))
      i += 1
    } else {
      // Large numbers are written with a unit: `1.2 M`.
      const unit = scale[words[0] ?? '']
      const scaled = unit !== undefined && /^\d{1,10}(?:\.\d{1,6})?$/.test(word)
      if (scaled) words.shift()
      cells.push(scaled ? String(Math.round(Number(word) * unit)) : word)
    }
  }
  return words.length === 0 ? cells : undefined
}

/** `192.0.2.1:443`; IPv6 with a dot in front of the port. */
function addressAndPort(word: string): readonly [string, string] {
  const six = word.indexOf(':') !== word.lastIndexOf(':')
  const at = word.lastIndexOf(six ? '.' : ':')
  return at === -1 ? [word, ''] : [word.slice(0, at), word.slice(at + 1)]
}
