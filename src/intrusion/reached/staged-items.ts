import { epochMs } from '../../base/index.ts'
import { basename } from '../names.ts'
import { withoutSecrets } from '../secrets.ts'
import { clip } from '../tell.ts'
import type { Weighed } from './act.ts'
import type { Bounds } from './data-reached.ts'
import { categoriesOf, type EstateObjects } from './estate-objects.ts'
import { gathered, groupedBy, type Item } from './gathered.ts'
import { isArchiveName, packingOf, wholeArchive, type Packing } from './packing.ts'
import { meaning } from './read-items.ts'
import { boundsText, listed, meansText, spanText, times, underText } from './words.ts'

/** A file or archive in which data was gathered. */
export interface Carrier {
  readonly host: string
  /** Whole name of the file, lower case, without folder; '' when not known. */
  readonly name: string
  readonly first: string
  readonly item: Item
  readonly packing?: Packing
}

/** Command lines that pack or dump. */
interface Packed {
  readonly act: Weighed
  readonly packing: Packing
}

/** Files in which data was gathered: archives, dumps, exports, copies of the directory's database; by host and whole name. */
export function staged(acts: readonly Weighed[], objects: EstateObjects): Carrier[] {
  const packed = acts
    .filter((act) => act.via === 'command')
    .flatMap((act): Packed[] => {
      const packing = packingOf(act.name, act.how)
      return packing === undefined || packing.kind === 'sending' ? [] : [{ act, packing }]
    })
  const files = acts.filter(
    (act) => act.via === 'file' || (act.via === 'share' && act.how === 'write' && isArchiveName(act.name)),
  )
  const whole = (path: string): string => wholeArchive(basename(path)).toLowerCase()
  const groups = new Map<string, { host: string; name: string; files: Weighed[]; packed: Packed[] }>()
  const groupOf = (host: string, name: string): { files: Weighed[]; packed: Packed[] } => {
    const key = `${host}\n${name}`
    const known = groups.get(key) ?? { host, name, files: [], packed: [] }
    groups.set(key, known)
    return known
  }
  for (const file of files) groupOf(file.host, whole(file.name)).files.push(file)
  for (const one of packed) groupOf(one.act.host, whole(one.packing.into)).packed.push(one)
  return [...groups.values()]
    .filter((one) => one.packed.length > 0 || one.files.some((file) => isTelling(file, objects)))
    .map((one) => carrierOf(one, objects))
}

/** What commands ordered to be sent to another machine. */
export function orderedOut(acts: readonly Weighed[], objects: EstateObjects): Item[] {
  const ordered = acts
    .filter((act) => act.via === 'command')
    .flatMap((act) => {
      const packing = packingOf(act.name, act.how)
      return packing?.kind === 'sending'
        ? packing.of.map((name) => ({ ...act, sent: basename(name) || name, to: packing.into }))
        : []
    })
  return groupedBy(ordered, (act) => `${act.host}\n${(act as (typeof ordered)[number]).sent}`).map((group): Item => {
    const [{ host, sent, to }] = group as [(typeof ordered)[number]]
    const object = objects.find('command', host, sent)
    const { cites, ...shared } = gathered(group)
    const peer = /^[a-z]+:\/\/([^/:]+)/i.exec(to)?.[1] ?? to
    return {
      what: `${sent} on ${host}`,
      kind: 'file',
      text: `${sent} on ${host} was ordered to be sent to ${clip(to)}${underText(shared.accounts)}${spanText(shared.first, shared.last)}; that it arrived, and its size, are not recorded.${meansText(categoriesOf(object), object?.sensitivity)}`,
      cites,
      data: { certainty: 'staged', host, ...shared, peers: [peer], ...meaning(object) },
    }
  })
}

function isTelling(file: Weighed, objects: EstateObjects): boolean {
  return file.account !== '' || isArchiveName(file.name) || objects.find('file', file.host, file.name) !== undefined
}

function carrierOf(
  one: { host: string; name: string; files: readonly Weighed[]; packed: readonly Packed[] },
  objects: EstateObjects,
): Carrier {
  const acts = [...one.packed.map(({ act }) => act), ...one.files]
  const { cites, ...shared } = gathered(acts)
  const packing = one.packed.at(0)?.packing
  const path = one.files[0]?.name ?? packing?.into ?? one.name
  const isArchive = packing?.kind === 'archive' || isArchiveName(one.name)
  const bytes = isArchive || one.files.some((file) => file.bytesKnown > 0) ? volumeOf(one.files, packing) : undefined
  const object = [path, ...(packing?.of ?? [])]
    .map((name) => objects.find('file', one.host, name) ?? objects.find('command', one.host, name))
    .find((found) => found !== undefined)
  const parts = new Set(one.files.map((file) => file.name.toLowerCase())).size
  const what = `${isArchive ? 'archive' : 'file'} ${basename(wholeArchive(path)) || 'without a name'} on ${one.host}`
  const command = one.packed[0]?.act.name
  const copied = one.files.filter((file) => file.via === 'share')
  const made =
    copied.length === one.files.length && one.packed.length === 0
      ? `was copied to ${one.host} from ${listed(shared.peers)}`
      : `was made on ${one.host}`
  const text = [
    `${isArchive ? 'An archive' : 'A file with data'} (${clip(path)}${parts > 1 ? `, ${times(parts, 'part')}` : ''}) ${made}${underText(shared.accounts)}${spanText(shared.first, shared.last)}`,
    command === undefined ? '' : ` by ${clip(withoutSecrets(command))}`,
    `: ${boundsText(bytes, 'bytes')}${isArchive && bytes !== undefined ? ', packed; what was put in can be larger' : ''}.`,
    meansText(categoriesOf(object), object?.sensitivity),
  ].join('')
  const item: Item = {
    what,
    kind: 'collection',
    text,
    cites,
    data: { certainty: 'staged', host: one.host, ...shared, ...meaning(object), ...(bytes === undefined ? {} : { bytes }) },
  }
  return { host: one.host, name: one.name, first: shared.first, item, ...(packing === undefined ? {} : { packing }) }
}

/** Bytes of a file: as the file table states them, else by the number and the largest size of its parts. */
function volumeOf(files: readonly Weighed[], packing: Packing | undefined): Bounds | undefined {
  const sized = groupedBy(
    files.filter((file) => file.bytesKnown > 0),
    (file) => file.name.toLowerCase(),
  ).map((same) => Math.max(...same.map((file) => file.bytes)))
  if (sized.length > 0) {
    const total = sized.reduce((sum, bytes) => sum + bytes, 0)
    return { low: total, high: total, basis: 'sizes of the files as the file table states them' }
  }
  const parts = new Set(files.map((file) => file.name.toLowerCase())).size
  if (packing?.part === undefined || parts === 0) return undefined
  return {
    ...(parts === 1 ? {} : { low: (parts - 1) * packing.part }),
    high: parts * packing.part,
    basis: `${times(parts, 'part')} of at most ${packing.part.toLocaleString('en-US')} bytes each, of which the last can be short`,
  }
}

/** How long after a read a file of it may appear. */
const exportMs = 2 * 3_600_000

/** Carriers that hold what an item says was read: named by a dump of it, or packed from what such a dump wrote. */
export function carriersOf(item: Item, carriers: readonly Carrier[]): Carrier[] {
  const places = new Set([item.data.host, ...item.data.peers])
  const [object = ''] = item.what.split(' on ')
  const bare = object.toLowerCase()
  const from = epochMs(item.data.first ?? '')
  const to = epochMs(item.data.last ?? '')
  const direct = carriers.filter(
    (one) =>
      places.has(one.host) &&
      ((one.packing?.of ?? []).some(
        (name) => basename(name).toLowerCase() === bare || name.toLowerCase() === bare || bare.endsWith(`.${name.toLowerCase()}`),
      ) ||
        sameEnding(one, bare)) &&
      epochMs(one.first) >= from - exportMs &&
      epochMs(one.first) <= to + exportMs,
  )
  const found = new Set(direct)
  // Archives of what was exported, and copies of those archives.
  for (let grown = true; grown;) {
    grown = false
    for (const one of carriers) {
      if (found.has(one)) continue
      const holds = [...found].some(
        (earlier) =>
          one.first >= earlier.first &&
          ((one.host === earlier.host && (one.packing?.of ?? []).some((name) => basename(name).toLowerCase() === earlier.name)) ||
            (one.item.data.peers.includes(earlier.host) && isArchiveName(one.name) && isArchiveName(earlier.name))),
      )
      if (holds) {
        found.add(one)
        grown = true
      }
    }
  }
  return [...found]
}

/** A copied file keeps its ending where it loses its name: `n.dit` of `ntds.dit`. */
function sameEnding(one: Carrier, object: string): boolean {
  const ending = /\.[a-z0-9]{2,5}$/.exec(basename(object))?.[0]
  return ending !== undefined && ending !== '' && one.name.endsWith(ending) && basename(object).endsWith('.dit')
}
