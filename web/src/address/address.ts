/** Pages of a case in the order of the rail: path, digit key, letter after `g`, name. */
export const pages = [
  { name: 'assessment', letter: 'a', title: 'Assessment' },
  { name: 'claimed', letter: 'c', title: 'What is claimed?' },
  { name: 'real', letter: 'r', title: 'Is it real, and whose copy?' },
  { name: 'how-in', letter: 'h', title: 'How did they get in?' },
  { name: 'lookups', letter: 'l', title: 'Who read whose records?' },
  { name: 'affected', letter: 'f', title: 'Who is affected?' },
  { name: 'due', letter: 'd', title: 'What is due?' },
  { name: 'evidence', letter: 'e', title: 'Evidence and coverage' },
  { name: 'people', letter: 'p', title: 'Notes and decisions' },
  { name: 'statements', letter: 's', title: 'What may be said?' },
  { name: 'exposure', letter: 'o', title: 'What stands open?' },
  { name: 'sharing', letter: 't', title: 'What do the others know?' },
] as const

export type PageName = (typeof pages)[number]['name']

/**
 * What the URL can hold beside the page: filter, chosen story, sample, host, open cite, notice draft, time range; of a story also the
 * tactic, the way in that is shown, what is unfolded in the graph, and the records listed (`FROM/TO`, on `lane`); of duties the law that is
 * read and the instant they are seen from.
 */
export type QueryName = (typeof queryNames)[number]

/** The whole state of the page, as the URL has it; without `caseId` it is the list of cases. */
export interface Address {
  readonly caseId?: string
  readonly page: PageName
  readonly query: Readonly<Partial<Record<QueryName, string>>>
}

const queryNames = [
  'q',
  'status',
  'story',
  'sample',
  'host',
  'cite',
  'notice',
  'from',
  'to',
  'tactic',
  'way',
  'open',
  'records',
  'lane',
  'at',
  'law',
] as const

/** Reads path and query; an unknown page is the assessment, an unknown path the list. */
export function readAddress(path: string, search: string): Address {
  const [, first, id = '', name = ''] = path.split('/')
  const given = new URLSearchParams(search)
  const query: Partial<Record<QueryName, string>> = {}
  for (const key of queryNames) {
    const value = given.get(key)
    if (value !== null && value !== '') query[key] = value
  }
  const page = pages.find((one) => one.name === name)?.name ?? 'assessment'
  const caseId = first === 'case' && id !== '' ? unescaped(id) : undefined
  return { ...(caseId === undefined ? {} : { caseId }), page, query }
}

/** The URL of an address: `/case/ID/PAGE?q=...`, `/` for the list. */
export function writeAddress(address: Address): string {
  if (address.caseId === undefined) return '/'
  const query = new URLSearchParams()
  for (const key of queryNames) {
    const value = address.query[key]
    if (value !== undefined && value !== '') query.set(key, value)
  }
  const text = query.toString()
  return `/case/${encodeURIComponent(address.caseId)}/${address.page}${text === '' ? '' : `?${text}`}`
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
