import { createHash } from 'node:crypto'
import { fault, type ByteSource, type Fault, type Watch } from '../../base/index.ts'
import { listedHashes, type Algorithm, type Listed } from './hash-lists.ts'
import type { CollectionMember, CollectionTool } from './member.ts'
import { Places } from './places.ts'

/** What a set of files is: the work of which collector, and which of its files list hashes or sizes. */
export interface Collection {
  readonly tool: CollectionTool
  /** In words, for the person. */
  readonly seen: string
  /** Paths of the lists, sorted. */
  readonly lists: readonly string[]
}

interface Sign {
  readonly tool: CollectionTool
  readonly seen: string
  /** Each must be the end of the path of some member. */
  readonly needs: readonly RegExp[]
  readonly lists: RegExp
}

/** After: KAPE documentation (copy log), Velociraptor "Working with offline collection data", UAC documentation (output), CyLR README. */
const signs: readonly Sign[] = [
  {
    tool: 'velociraptor',
    seen: 'a collection container of Velociraptor',
    needs: [/(?:^|\/)uploads\.json$/, /(?:^|\/)(?:collection_context|client_info)\.json$|(?:^|\/)results\/[^/]+\.json$/],
    lists: /(?:^|\/)(?:uploads\.json|results\/[^/]*(?:%2F|\.|_)Uploads\.json)$/i,
  },
  {
    tool: 'uac',
    seen: 'a collection of UAC (Unix-like Artifacts Collector)',
    needs: [/(?:^|\/)uac\.log$/, /(?:^|\/)(?:bodyfile|live_response|\[root\])\//],
    lists: /(?:^|\/)hash_executables\/[^/]+\.(?:md5|sha1|sha256)$/,
  },
  {
    tool: 'kape',
    seen: 'a collection of KAPE',
    needs: [/(?:^|\/)[^/]*_CopyLog\.csv$/i],
    lists: /(?:^|\/)[^/]*_CopyLog\.csv$/i,
  },
  { tool: 'cylr', seen: 'a collection of CyLR', needs: [/(?:^|\/)CyLR[^/]*\.log$/i], lists: /(?!)/ },
]

/** Tells by the paths of its members which collector made a collection; undefined for other archives. */
export function recogniseCollection(members: readonly Pick<CollectionMember, 'path'>[]): Collection | undefined {
  const paths = members.map(({ path }) => path)
  const found = signs.find(({ needs }) => needs.every((need) => paths.some((path) => need.test(path))))
  if (found === undefined) return undefined
  return { tool: found.tool, seen: found.seen, lists: paths.filter((path) => found.lists.test(path)).toSorted() }
}

/** What comparing a collection with its own lists gave. */
interface CollectionCheck {
  /** Members whose hash or size is the listed one. */
  readonly agree: number
  /** Entries of files that the collector hashed but did not bring (only where that is its way). */
  readonly notBrought: number
  readonly faults: readonly Fault[]
}

/**
 * Compares the members of a collection with the hashes and sizes that its own lists state. A member that differs and one
 * that is listed as brought but missing are faults. Agreement says that the files are as the collector wrote them, and
 * nothing of what happened before.
 */
export async function checkCollection(
  collection: Collection,
  members: readonly CollectionMember[],
  options: { readonly watch?: Watch } = {},
): Promise<CollectionCheck> {
  const places = new Places(members)
  const faults: Fault[] = []
  let agree = 0
  let notBrought = 0
  for (const path of collection.lists) {
    const list = members.find((member) => member.path === path)
    if (list === undefined) continue
    let done = 0
    for await (const entry of listedHashes(list.source, collection.tool)) {
      options.watch?.signal?.throwIfAborted()
      options.watch?.report?.({ step: `checking against ${list.source.name}`, done: (done += 1), unit: 'files' })
      if ('kind' in entry) {
        faults.push(entry)
        continue
      }
      const member = places.find(entry.components ?? entry.path)
      if (member === undefined) {
        if (collection.tool === 'uac') notBrought += 1
        else faults.push(missing(list.source, entry))
      } else if (await isAsListed(member.source, entry)) agree += 1
      else faults.push(different(member.source, entry))
    }
  }
  return { agree, notBrought, faults }
}

async function isAsListed(source: ByteSource, entry: Listed): Promise<boolean> {
  if (entry.size !== undefined && entry.size !== source.size) return false
  return entry.hash === undefined || (await hashOf(source, entry.hash.algorithm)) === entry.hash.hex.toLowerCase()
}

async function hashOf(source: ByteSource, algorithm: Algorithm): Promise<string> {
  const hash = createHash(algorithm)
  for await (const piece of source.stream()) hash.update(piece)
  return hash.digest('hex')
}

function missing(list: ByteSource, entry: Listed): Fault {
  return fault(
    'collection-member-missing',
    'The list names a file that is not in the collection.',
    { file: list.name, line: entry.line },
    'Ask whether the collection was handed over whole.',
    1,
  )
}

function different(member: ByteSource, entry: Listed): Fault {
  const what = entry.hash === undefined ? 'size' : `${entry.hash.algorithm.toUpperCase()} hash`
  return fault(
    'collection-hash-wrong',
    `The file has another ${what} than the collection's own list states.`,
    { file: member.name },
    'Ask for the collection anew and compare its hash; until then cite this file with care.',
    0,
  )
}
