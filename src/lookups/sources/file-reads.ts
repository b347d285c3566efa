/** Parts of names of files that hold subscribers' records: what mediation, rating, billing and backup call theirs. */
const recordWords = [
  'cdr',
  'xdr',
  'edr',
  'tap',
  'nrtrde',
  'mediation',
  'rating',
  'rated',
  'billing',
  'usage',
  'subscriber',
  'subscribers',
  'customer',
  'customers',
  'crm',
  'hlr',
  'hss',
  'udr',
  'msisdn',
  'imsi',
  'location',
  'calls',
]

/** Endings of files that hold programs and settings, not records. */
const noRecords = /\.(?:ini|lnk|exe|dll|so|jar|class|py|pyc|sh|js|conf|cfg|cnf|properties|md|pid|lock)$/i

/** The file of a read: a name without numbers, and the period that the name states. */
export interface ReadFile {
  /** The path with each run of digits and each address as `#`, so that files of one kind are one operation and no identifier in a name is kept. */
  readonly shape: string
  /** First day, and the day after the last; '' where the name states no period. */
  readonly from: string
  readonly to: string
}

/** Whether a path is of a file with subscribers' records: by the patterns given (`*` any run but `/`, `**` any), else by the words of its name. */
export function holdsRecords(path: string, patterns: readonly string[]): boolean {
  const slashed = path.replaceAll('\\', '/').slice(-1_000)
  if (patterns.length > 0) return patterns.some((pattern) => matches(pattern, slashed))
  // A name without a dot or a digit is a folder more often than a file.
  if (!/[.\d][^/]*$/.test(slashed.slice(slashed.lastIndexOf('/') + 1)) || noRecords.test(slashed)) return false
  return namesRecords(slashed)
}

/** Whether a word of a name is what mediation, rating, billing and customer systems call subscribers' records. */
export function namesRecords(name: string): boolean {
  return name
    .toLowerCase()
    .split(/[^a-z]+/)
    .some((word) => recordWords.includes(word))
}

/** What the path of a file tells. */
export function readFile(path: string): ReadFile {
  const slashed = path.replaceAll('\\', '/').slice(-1_000)
  const shape = slashed.replaceAll(/[^/@]{1,200}@[^/@]{1,200}/g, '#').replaceAll(/\d+(?:[-_/.]\d+)*/g, '#')
  return { shape: shape.slice(-200), ...periodIn(slashed) }
}

const dayPattern = /(?<!\d)((?:19|20)\d\d)([-_/.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d{7})/g
const monthPattern = /(?<!\d)((?:19|20)\d\d)[-_/.]?(0[1-9]|1[0-2])(?!\d)/g

/** The last day or month that a path states, as its first day and the day after its last. */
function periodIn(path: string): { from: string; to: string } {
  const [, year = '', , month = '', day = ''] = [...path.matchAll(dayPattern)].at(-1) ?? []
  if (day !== '') return span(`${year}-${month}-${day}`, (date) => date.setUTCDate(date.getUTCDate() + 1))
  const [, ofYear = '', only = ''] = [...path.matchAll(monthPattern)].at(-1) ?? []
  if (only === '') return { from: '', to: '' }
  return span(`${ofYear}-${only}-01`, (date) => date.setUTCMonth(date.getUTCMonth() + 1))
}

function span(from: string, onward: (date: Date) => unknown): { from: string; to: string } {
  const date = new Date(`${from}T00:00:00Z`)
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== from) return { from: '', to: '' }
  onward(date)
  return { from, to: date.toISOString().slice(0, 10) }
}

/** Whether a pattern fits a whole path; in time linear in both for patterns of few stars. */
function matches(pattern: string, path: string): boolean {
  const pieces = pattern.slice(0, 500).split(/(\*\*|\*)/)
  // Places in the path that the pattern so far may end at.
  let ends = new Set([0])
  for (const piece of pieces) {
    if (piece === '') continue
    const next = new Set<number>()
    if (piece !== '*' && piece !== '**') {
      for (const at of ends) if (path.startsWith(piece, at)) next.add(at + piece.length)
    } else {
      let open = false
      for (let at = 0; at <= path.length; at += 1) {
        if (ends.has(at)) open = true
        if (open) next.add(at)
        if (piece === '*' && path[at] === '/') open = false
      }
    }
    ends = next
  }
  return ends.has(path.length)
}
