import { z } from 'zod'

const schema = z.object({
  attack: z.object({ version: z.string(), notice: z.string(), terms: z.string() }),
  fight: z.object({ version: z.string(), source: z.string(), licence: z.string() }),
  mitigations: z.array(z.object({ id: z.string(), name: z.string() })),
  attackTechniques: z.array(z.object({ id: z.string(), by: z.array(z.string()) })),
  fightMitigates: z.array(z.object({ id: z.string(), techniques: z.array(z.string()) })),
})

/** A mitigation of ATT&CK or FiGHT with those of the techniques asked for that it answers. */
export interface Mitigation {
  readonly id: string
  readonly name: string
  readonly answers: readonly string[]
}

/** Mitigations by id and name, and which technique each answers: `data/recommendations/mitigations.json`. */
export interface MitigationTable {
  /** Version of ATT&CK, of FiGHT. */
  readonly versions: { readonly attack: string; readonly fight: string }
  /** The mitigation with those of `techniques` that it answers; undefined for an unknown id. */
  readonly mitigation: (id: string, techniques: readonly string[]) => Mitigation | undefined
}

/** Reads the table; throws where the text does not have its form. */
export function readMitigations(json: string): MitigationTable {
  const { attack, fight, ...table } = schema.parse(JSON.parse(json))
  const names = new Map(table.mitigations.map(({ id, name }) => [id, name]))
  const answers = new Map<string, Set<string>>(table.fightMitigates.map(({ id, techniques }) => [id, new Set(techniques)]))
  for (const { id, by } of table.attackTechniques)
    for (const mitigation of by) answers.set(mitigation, (answers.get(mitigation) ?? new Set()).add(id))
  return {
    versions: { attack: attack.version, fight: fight.version },
    mitigation: (id, techniques) => {
      const name = names.get(id)
      return name === undefined
        ? undefined
        : { id, name, answers: techniques.filter((one) => answers.get(id)?.has(one) === true) }
    },
  }
}
