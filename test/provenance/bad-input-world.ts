import { openDesk, type Desk } from './desk.ts'
import { dayText, history, lastDay, onDay, population, some, type Cells } from './subscribers.ts'
import { openRecords } from '../../src/formats/index.ts'
import { bytesSource, sha256 } from '../../src/base/index.ts'
import { listCopies, registerCopy, type CopyManifest } from '../../src/provenance/index.ts'
import { key } from './desk.ts'

/** Where rows of a generated sample come from. */
export const sources = ['halcyon', 'halcyon-alone', 'orbis', 'crm', 'forum-2024', 'strangers', 'nobody-registered'] as const
export type Source = (typeof sources)[number]

/** Registered copies for samples to be compared with, and the rows behind them. */
export interface World {
  readonly desk: Desk
  readonly rowsOf: (source: Source) => readonly Cells[]
}

const extractColumns = ['msisdn', 'full_name', 'city', 'plan', 'status', 'device']
const orbisHeader = ['PHONE_NO', 'CUST_NAME', 'TOWN', 'TARIFF', 'LINE_STATE', 'HANDSET']

/**
 * The own system with its history, two extracts that overlap and are written differently, and an earlier leak; every copy goes through
 * the readers as a file, so that its way of writing is known.
 */
export async function openWorld(): Promise<World> {
  const people = population(2_600, 1)
  const cut = lastDay - 300
  const halcyon = onDay(people.slice(0, 1_600), cut)
  const orbis = onDay(people.slice(500, 2_100), cut - 120).map(writtenByOrbis)
  const forum = some(onDay(people.slice(1_400), lastDay - 950), 700, 4)
  const desk = await openDesk()
  const register = async (text: string, manifest: Omit<CopyManifest, 'system'>): Promise<void> => {
    const bytes = Buffer.from(text)
    const table = await openRecords(bytesSource(`${manifest.id}.csv`, bytes), 'csv')
    await registerCopy({
      table,
      sha256: sha256(bytes),
      source: `${manifest.id}.csv`,
      manifest: { ...manifest, system: 'CRM' },
      key,
      lake: desk.lake,
      registry: desk.registry,
      country: 'MY',
    })
  }
  await register(text(history(people), ['msisdn', 'nric', ...extractColumns.slice(1), 'valid_from', 'valid_to']), {
    id: 'crm',
    kind: 'own',
    holder: 'Meridian Telekom',
    asOf: dayText(lastDay),
    history: true,
  })
  await register(text(halcyon, extractColumns), {
    id: 'halcyon',
    kind: 'extract',
    holder: 'Halcyon Print',
    asOf: dayText(cut),
    history: false,
  })
  await register(text(orbis, extractColumns, { header: orbisHeader, delimiter: ';', lineEnd: '\r\n' }), {
    id: 'orbis',
    kind: 'extract',
    holder: 'Orbis Contact',
    asOf: dayText(cut - 120),
    history: false,
  })
  await register(text(forum, ['msisdn', 'full_name', 'city', 'plan', 'device']), {
    id: 'forum-2024',
    kind: 'leak',
    holder: 'forum-2024',
    asOf: dayText(lastDay - 900),
    history: false,
  })
  const known: Readonly<Record<Source, () => readonly Cells[]>> = {
    halcyon: () => halcyon,
    'halcyon-alone': () => onDay(people.slice(0, 500), cut),
    orbis: () => orbis,
    crm: () => onDay(people, lastDay - 3),
    'forum-2024': () => forum,
    strangers: () => onDay(population(500, 77), cut).map((cells) => ({ ...cells, msisdn: `6019${cells['msisdn']?.slice(4)}` })),
    'nobody-registered': () => onDay(people, cut - 210),
  }
  if (listCopies(desk.registry).some((copy) => copy.profile === undefined)) throw new Error('a copy has no profile')
  return { desk, rowsOf: (source) => known[source]() }
}

/** Orbis Contact's own spellings of the same values. */
export function writtenByOrbis(cells: Cells): Cells {
  return {
    ...cells,
    msisdn: `+60 ${cells['msisdn']?.slice(2, 4)}-${cells['msisdn']?.slice(4)}`,
    full_name: (cells['full_name'] ?? '').toUpperCase(),
  }
}

/** Rows as delimited text. */
function text(
  records: readonly Cells[],
  columns: readonly string[],
  form: { readonly header?: readonly string[]; readonly delimiter?: string; readonly lineEnd?: string } = {},
): string {
  const { header = columns, delimiter = ',', lineEnd = '\n' } = form
  return [header, ...records.map((cells) => columns.map((column) => cells[column] ?? ''))]
    .map((row) => row.join(delimiter) + lineEnd)
    .join('')
}
