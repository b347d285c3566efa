/** Where bytes of a copy have been. */
export const placeKinds = ['job', 'landing', 'transfer', 'recipient', 'sub-processor', 'backup', 'other'] as const

/** One place where bytes of a copy have been, in the order in which they came there. Days are `YYYY-MM-DD`. */
interface CopyPlace {
  /** `job`: our export job; `landing`: a landing zone; `transfer`: a way; `recipient` and `sub-processor`: whoever was given them. */
  readonly kind: (typeof placeKinds)[number]
  readonly name: string
  readonly from?: string
  readonly until?: string
  /** `confirmed`: with a paper that can be shown; `stated`: said only; `none`: not deleted. Absent: not known. */
  readonly deletion?: 'confirmed' | 'stated' | 'none'
  /** Contract, ticket or certificate that says so. */
  readonly reference?: string
}

/** The form that was agreed for a file handed out. */
interface CopyFormat {
  readonly delimiter?: string
  readonly encoding?: string
  /** Spelling of dates and of numbers in words of the agreement, such as `DD/MM/YYYY` and `6011-23456789`. */
  readonly dates?: string
  readonly numbers?: string
}

/** What a recipient signed for. */
interface CopyReceipt {
  readonly by: string
  readonly on: string
  readonly reference?: string
  /** SHA-256 of the file that was received, as the recipient wrote it down. */
  readonly sha256?: string
}

/** How a live table was read: enough to say what was asked, of which state, and to recognise the same rows again. No value of a row. */
export interface Acquisition {
  /** Address without secrets. */
  readonly system: string
  readonly version: string
  /** The query as data: columns with the system's types, conditions, zone of times, and the length at which values are cut. */
  readonly query: {
    readonly columns: readonly { readonly name: string; readonly type: string }[]
    /** Columns that a condition restricts. The values may be a person's: their keyed digest stands here. */
    readonly where: readonly { readonly column: string; readonly digest: string }[]
    readonly zone: string
    readonly longest: number
  }
  /** The system's name for the state that was read; empty when it has none. */
  readonly snapshot: string
  /** The system's own clock at the beginning, and ours at both ends; ISO 8601 UTC. */
  readonly systemTime: string
  readonly started: string
  readonly ended: string
  readonly rows: number
  /** Sum modulo 2^256 of SHA-256 over the JSON array of each row. */
  readonly digest: string
  readonly by: string
  /** On whose word the read was made. */
  readonly authority?: string
  readonly notices: readonly string[]
}

/** What does not fit between what is declared and what was found. */
export type CopyNotice =
  | { readonly kind: 'field-not-agreed'; readonly fields: readonly string[] }
  | { readonly kind: 'field-missing'; readonly fields: readonly string[] }
  | { readonly kind: 'format-differs'; readonly what: 'delimiter' | 'encoding'; readonly agreed: string; readonly found: string }
  | { readonly kind: 'receipt-other-bytes'; readonly received: string; readonly registered: string }
  /** `week`: the Monday of the newest week that a thousandth of the rows reach. */
  | { readonly kind: 'newer-than-cut'; readonly column: string; readonly week: string }
  | { readonly kind: 'received-before-cut'; readonly on: string }

/** Terms under which a copy was handed out and what is known of its life; may be given later and changed (`reviseCopy`). */
export interface CopyDetails {
  /** Fields as agreed with the holder. */
  readonly fields?: readonly string[]
  readonly format?: CopyFormat
  /** Which rows were agreed to be in it. */
  readonly rowFilter?: string
  readonly receipt?: CopyReceipt
  /** Everywhere its bytes have been, in order. */
  readonly places?: readonly CopyPlace[]
  readonly holderStatus?: { readonly status: 'active' | 'ended'; readonly since?: string }
  /** Operators whose subscribers stand in it, when the holder serves several. */
  readonly operators?: readonly string[]
  readonly acquisition?: Acquisition
  readonly notices?: readonly CopyNotice[]
}

/** Where the bytes of a copy have been, as one line of text; undefined when nobody wrote it down. */
export function placesText(copy: Pick<CopyDetails, 'places'>): string | undefined {
  if (copy.places === undefined || copy.places.length === 0) return undefined
  return copy.places.map(placeLine).join('; ')
}

const placeWords: Readonly<Record<CopyPlace['kind'], string>> = {
  job: 'export job',
  landing: 'landing zone',
  transfer: 'transfer',
  recipient: 'recipient',
  'sub-processor': 'sub-processor',
  backup: 'backup',
  other: 'place',
}

/** `recipient Straits Billing (2026-03-31 to 2026-06-30, deletion confirmed)` */
function placeLine(place: CopyPlace): string {
  const period =
    place.from === undefined
      ? place.until === undefined
        ? []
        : [`until ${place.until}`]
      : [place.until === undefined ? `from ${place.from}` : `${place.from} to ${place.until}`]
  const deletion = place.deletion === undefined ? [] : [place.deletion === 'none' ? 'not deleted' : `deletion ${place.deletion}`]
  const known = [...period, ...deletion]
  return `${placeWords[place.kind]} ${place.name}${known.length === 0 ? '' : ` (${known.join(', ')})`}`
}
