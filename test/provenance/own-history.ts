import type { CopyManifest } from '../../src/provenance/index.ts'
import type { Desk } from './desk.ts'
import { dayText, history, lastDay, type population } from './subscribers.ts'

/** Registers the invented operator's own system with its history, as `crm`. */
export async function registerHistory(
  desk: Desk,
  people: ReturnType<typeof population>,
  columns: readonly string[],
): Promise<void> {
  await desk.register(history(people), [...columns, 'valid_from', 'valid_to'], {
    id: 'crm',
    kind: 'own',
    holder: 'Meridian Telekom',
    system: 'CRM',
    asOf: dayText(lastDay),
    history: true,
  })
}

/** The manifest of an extract of that system. */
export function extractCut(id: string, holder: string, day: number): CopyManifest {
  return { id, kind: 'extract', holder, system: 'CRM', asOf: dayText(day), history: false }
}
