/** ATT&CK references of a rule: tactics in kill-chain words (`credential-access`), techniques as `T1003.001`. */
export interface Attack {
  readonly tactics: readonly string[]
  readonly techniques: readonly string[]
  /** Ids of software (`S0002`). */
  readonly software: readonly string[]
}

/** Reads the `attack.*` tags of a rule; other tags and groups (`attack.g0093`) are left out. Sorted, no repeats. */
export function attackOf(tags: readonly string[]): Attack {
  const tactics = new Set<string>()
  const techniques = new Set<string>()
  const software = new Set<string>()
  for (const tag of tags) {
    const name = /^attack\.(.+)$/i.exec(tag)?.[1]?.toLowerCase()
    if (name === undefined) continue
    if (/^t\d{4}(?:\.\d{3})?$/.test(name)) techniques.add(name.toUpperCase())
    else if (/^s\d{4}$/.test(name)) software.add(name.toUpperCase())
    else if (/^[a-z]+(?:[-_][a-z]+)*$/.test(name)) tactics.add(name.replaceAll('_', '-'))
  }
  return { tactics: [...tactics].sort(), techniques: [...techniques].sort(), software: [...software].sort() }
}
