import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeScenario, type ScenarioOptions, type ScenarioTruth } from '../../../src/drill/index.ts'

/** A generated estate in a folder of its own. */
export interface Generated {
  readonly truth: ScenarioTruth
  /** Paths of the logs, under `case/`. */
  readonly logs: readonly string[]
  readonly text: (path: string) => string
  readonly lines: (path: string) => readonly string[]
  /** The records of the (first) attack. */
  readonly attack: readonly { readonly file: string; readonly line: number; readonly text: string }[]
  readonly path: (path: string) => string
  readonly remove: () => void
}

/** Generates a scenario. */
export async function generated(
  scenario: ScenarioTruth['scenario'],
  seed: number,
  options: ScenarioOptions = {},
): Promise<Generated> {
  const root = mkdtempSync(join(tmpdir(), 'scenario-'))
  const truth = await writeScenario({ scenario, seed, options, out: root, watch: {} })
  const kept = new Map<string, readonly string[]>()
  const lines = (path: string): readonly string[] => {
    const known =
      kept.get(path) ??
      readFileSync(join(root, 'case', path), 'utf8')
        .trimEnd()
        .split('\n')
    kept.set(path, known)
    return known
  }
  return {
    truth,
    logs: truth.files.map((file) => file.path.slice('case/'.length)).filter((path) => path.startsWith('logs/')),
    text: (path) => lines(path).join('\n'),
    lines,
    attack: truth.attackRecords.map(({ file, line }) => ({ file, line, text: lines(file)[line - 1] ?? '' })),
    path: (path) => join(root, 'case', path),
    remove: () => rmSync(root, { recursive: true }),
  }
}

/** The fields of a Windows record, or none for a line of another kind. */
export function windowsFields(text: string): Readonly<Record<string, string>> {
  return text.startsWith('{"@timestamp"') ? (JSON.parse(text) as Record<string, string>) : {}
}
