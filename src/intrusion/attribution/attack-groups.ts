import { z } from 'zod'

/** Report that a link of ATT&CK rests on; the date as far as it is given (`2019-06-25`, `2019`, ''). */
export interface Report {
  readonly name: string
  readonly url: string
  readonly date: string
}

/** By id of a technique or software, the places of its reports in the list of reports; never empty. */
export type Links = Readonly<Record<string, readonly number[]>>

interface Named {
  readonly id: string
  readonly name: string
}

/** Constants that leaving out one campaign at a time gave, and over what. */
export interface AttributionFit {
  /** Day of the fit. */
  readonly fitted: string
  /** ATT&CK version it was fitted on. */
  readonly version: string
  readonly campaigns: number
  /** Scores in bits are divided by it before they become shares. */
  readonly temperature: number
  /** Share of "a group that is not in ATT&CK" before anything was observed. */
  readonly unknown: number
  /** Share of what is known of a group that one of its campaigns shows; what the cost of something absent rests on. */
  readonly shown: number
}

/** Groups of ATT&CK with what they are said to have used and by which reports: `data/attack-groups.json` with its constants. */
export interface AttackGroups {
  readonly attack: { readonly version: string; readonly notice: string }
  readonly reports: readonly Report[]
  readonly techniques: readonly (Named & { readonly groups: number })[]
  readonly software: readonly (Named & { readonly aliases: readonly string[]; readonly groups: number })[]
  readonly groups: readonly (Named & {
    readonly aliases: readonly string[]
    readonly techniques: Links
    readonly software: Links
  })[]
  /** `groups`: ids that ATT&CK attributes it to; empty when none. */
  readonly campaigns: readonly (Named & {
    readonly groups: readonly string[]
    readonly reports: readonly number[]
    readonly techniques: Links
    readonly software: Links
  })[]
  readonly fit: AttributionFit
  /** Programs by the file names they run under, lower case, and the words of rule titles that name them. */
  readonly tools: readonly { readonly id: string; readonly images: readonly string[]; readonly titles: readonly string[] }[]
  /** Software that comes with an operating system: everybody has it. */
  readonly system: readonly string[]
}

const text = z.string()
const links = z.record(text, z.array(z.number().int().min(0)).min(1))
const named = { id: text, name: text }
const tableSchema = z.object({
  attack: z.object({ version: text, notice: text }),
  reports: z.array(z.object({ name: text, url: text, date: text })),
  techniques: z.array(z.object({ ...named, groups: z.number().int() })),
  software: z.array(z.object({ ...named, aliases: z.array(text), groups: z.number().int() })),
  groups: z.array(z.object({ ...named, aliases: z.array(text), techniques: links, software: links })),
  campaigns: z.array(
    z.object({ ...named, groups: z.array(text), reports: z.array(z.number().int()), techniques: links, software: links }),
  ),
})
const share = z.number().gte(0).lt(1)
const fitSchema = z.object({
  fitted: z.iso.date(),
  version: text,
  campaigns: z.number().int(),
  temperature: z.number().gt(0),
  unknown: share,
  shown: share,
})
const toolsSchema = z.object({
  tools: z.array(z.object({ id: text, images: z.array(text), titles: z.array(text) })),
  system: z.array(text),
})

/** Reads the three shipped files; throws for anything else (they are shipped, not given) and for constants of another version. */
export function readAttackGroups(files: { readonly groups: string; readonly fit: string; readonly tools: string }): AttackGroups {
  const table = tableSchema.parse(JSON.parse(files.groups))
  const fit = fitSchema.parse(JSON.parse(files.fit))
  const { tools, system } = toolsSchema.parse(JSON.parse(files.tools))
  if (fit.version !== table.attack.version)
    throw new Error(`constants of ATT&CK ${fit.version}, groups of ${table.attack.version}`)
  return { ...table, fit, tools, system }
}
