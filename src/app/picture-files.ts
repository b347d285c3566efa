import { join } from 'node:path'
import { fileSource, limits, sha256, type Fault, type Watch } from '../base/index.ts'
import { shapeOf, shownIn, type PictureShown, type Shown } from '../claims/index.ts'
import type { Cite } from '../evidence/index.ts'
import { readPicture, type PictureReading } from '../formats/index.ts'
import { readInventoryToml, type Entry } from '../inventory/index.ts'
import { listCopies } from '../provenance/index.ts'
import { faultOf } from './fault-of.ts'
import { wholeBytes } from './items.ts'
import { maskedText } from './masking.ts'
import { matchCopies, type CopyMatch } from './picture-copies.ts'
import { columnsOf, screensOf, type CopyColumns } from './picture-estate.ts'
import { editingOf, type PictureEditing } from './picture-marks.ts'
import { matchSystems, type PictureAnswer, type SystemMatch } from './picture-match.ts'
import { keepPictures, knownPictures, seenBefore, type KnownPicture, type SeenBefore } from './picture-seen.ts'
import type { MatchReason } from './picture-weigh.ts'

/** A sentence of the answer with the places in the picture that it rests on. */
interface CitedReason {
  readonly text: string
  readonly cites: readonly Cite[]
}

/** What one picture shows, of which system it can be, and what its file says. Personal values are masked, data cells told by shape. */
export interface PictureFile {
  readonly file: string
  readonly sha256: string
  readonly format: string
  readonly width: number
  readonly height: number
  /** How sure the reader is in all, 0 to 100. */
  readonly certainty: number
  readonly shown: PictureShown
  readonly answer: PictureAnswer
  readonly systems: readonly (Omit<SystemMatch, 'reasons'> & { readonly reasons: readonly CitedReason[] })[]
  readonly copies: readonly (Omit<CopyMatch, 'text' | 'places'> & { readonly reasons: readonly CitedReason[] })[]
  readonly marks: NonNullable<PictureReading['marks']>
  readonly editing: PictureEditing
  /** Perceptual hash, 16 hex digits. */
  readonly hash: string
  readonly seen: readonly SeenBefore[]
}

/**
 * Reads pictures and compares them with an inventory (`inventory.toml`), and with the copies and earlier pictures of a workspace folder;
 * `at` (ISO 8601) is written beside pictures that are kept there. Without `workspace` nothing is stored.
 */
export async function pictureFiles(options: {
  readonly paths: readonly string[]
  readonly inventory?: string
  readonly entries?: readonly Entry[]
  readonly workspace?: string
  readonly at: string
  readonly watch: Watch
}): Promise<{ pictures: readonly PictureFile[]; faults: readonly Fault[] }> {
  const { paths, watch, workspace, at } = options
  const stated =
    options.inventory === undefined ? { entries: options.entries ?? [], faults: [] } : await inventoryAt(options.inventory)
  const screens = screensOf(stated.entries)
  const copies = [...columnsOf(stated.entries), ...(workspace === undefined ? [] : registeredColumns(workspace))]
  const store = workspace === undefined ? undefined : join(workspace, 'pictures.jsonl')
  const known: KnownPicture[] = store === undefined ? [] : await knownPictures(store)
  const hosts = screens.flatMap((one) => one.hosts)
  const pictures: PictureFile[] = []
  const faults: Fault[] = [...stated.faults]
  const added: KnownPicture[] = []
  for (const [done, path] of paths.entries()) {
    watch.signal?.throwIfAborted()
    watch.report?.({ step: 'reading pictures', done, total: paths.length, unit: 'pictures' })
    try {
      const bytes = await wholeBytes(await fileSource(path), limits.pictureBytes)
      const reading = await readPicture(bytes, { file: path, ...(watch.signal === undefined ? {} : { signal: watch.signal }) })
      if (reading.kind === 'fault') {
        faults.push(reading)
        continue
      }
      const picture = { hash: reading.hash ?? '0'.repeat(16), sha256: sha256(bytes), file: path, at }
      pictures.push(pictureFile(reading, { picture, hosts, screens, copies, known: [...known, ...added] }))
      added.push(picture)
    } catch (error) {
      watch.signal?.throwIfAborted()
      faults.push(faultOf(error, { file: path, path }))
    }
  }
  if (store !== undefined) await keepPictures(store, added)
  return { pictures, faults }
}

function pictureFile(
  reading: PictureReading,
  given: {
    readonly picture: KnownPicture
    readonly hosts: readonly string[]
    readonly screens: ReturnType<typeof screensOf>
    readonly copies: readonly CopyColumns[]
    readonly known: readonly KnownPicture[]
  },
): PictureFile {
  const { picture, hosts, screens, copies, known } = given
  const shown = shownIn(reading, { hosts })
  const { answer, systems } = matchSystems(shown, screens)
  const cited = (text: string, places: MatchReason['places']): CitedReason => ({
    text,
    cites: places
      .slice(0, limits.citesPerSentence)
      .map(({ region }) => ({ kind: 'exhibit', sha256: picture.sha256, file: picture.file, at: { kind: 'region', ...region } })),
  })
  const { format, width, height, confidence } = reading
  return {
    file: picture.file,
    sha256: picture.sha256,
    format,
    width,
    height,
    certainty: confidence,
    shown: maskedShown(shown),
    answer,
    systems: systems.map((one) => ({ ...one, reasons: one.reasons.map(({ text, places }) => cited(text, places)) })),
    copies: matchCopies(shown, copies).map(({ text, places, ...one }) => ({ ...one, reasons: [cited(text, places)] })),
    marks: reading.marks ?? [],
    editing: editingOf(reading),
    hash: picture.hash,
    seen: seenBefore(picture, known),
  }
}

/** Labels keep their words; numbers and addresses of mail anywhere are starred out; of data only the shape is left. */
function maskedShown(shown: PictureShown): PictureShown {
  const masked = <One extends Shown>(one: One): One => ({ ...one, text: maskedText(one.text, false) })
  return {
    ...shown,
    ...(shown.title === undefined ? {} : { title: masked(shown.title) }),
    hosts: shown.hosts.map((one) => (one.kind === 'url' ? masked(one) : one)),
    users: shown.users.map(masked),
    labels: shown.labels.map(masked),
    values: shown.values.map((one) => ({ ...one, text: shapeOf(one.text) })),
  }
}

async function inventoryAt(path: string): Promise<{ entries: readonly Entry[]; faults: readonly Fault[] }> {
  const text = Buffer.from(await wholeBytes(await fileSource(path), limits.documentBytes)).toString('utf8')
  const { entries, faults, remarks } = readInventoryToml(text, path)
  return { entries, faults: [...faults, ...remarks] }
}

function registeredColumns(workspace: string): CopyColumns[] {
  return listCopies(join(workspace, 'registry')).map(({ id, holder, system, columns }) => ({
    copy: id,
    holder,
    system,
    columns: columns.map((column) => column.name),
  }))
}
