/** The table of floors: a room may import only rooms of lower floors, and only through their door. */
export const floors: readonly (readonly [number, readonly string[], string])[] = [
  [0, ['base'], 'time, hashes, ids, faults, limits'],
  [1, ['formats', 'store'], 'bytes to records; the doors to disk'],
  [2, ['evidence'], 'exhibits, custody, cites'],
  [3, ['casefile', 'persons', 'inventory', 'events'], 'the ledger; keyed identities; the estate; one event schema'],
  [
    4,
    ['claims', 'statements', 'sigma', 'marks', 'disclosure'],
    'what is said; what SQL reads; what rules see; marks in copies handed out; who may be told whose pseudonym',
  ],
  [
    5,
    ['provenance', 'vendor-check', 'intrusion', 'lookups', 'exposure'],
    'whose copy, and does the vendor hold it; how in; who read whose records; what stands open',
  ],
  [6, ['assessment'], 'where the two rivers meet'],
  [7, ['response'], 'duties and clocks'],
  [8, ['sharing'], 'what leaves'],
  [9, ['app'], 'flows over all rooms'],
  [10, ['server'], "the page's server"],
  [11, ['cli'], 'the terminal; starts the server'],
]

/** Rooms outside the floors: the generator of drills stands on `base` alone, so that no answer can leak into it. */
export const aside: Readonly<Record<string, { readonly mayImport: readonly string[]; readonly importedBy: readonly string[] }>> =
  {
    drill: { mayImport: ['base'], importedBy: ['cli'] },
  }

/** The two rivers: no import between these sides in either direction, types included. */
export const rivers = {
  claim: ['claims', 'provenance', 'vendor-check'],
  logs: ['events', 'sigma', 'intrusion', 'lookups'],
} as const

/** Rooms that only `store` may know, and packages that only one room may import. */
export const packageOwners: Readonly<Record<string, readonly string[]>> = {
  chdb: ['store'],
  '@clickhouse/client': ['store'],
  'node:sqlite': ['store'],
  hono: ['server'],
  '@hono/node-server': ['server'],
  commander: ['cli'],
  '@noble/curves': ['vendor-check'],
}
