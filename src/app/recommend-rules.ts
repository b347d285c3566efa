import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { UserError } from '../base/index.ts'
import { readMitigations, readRecommendationRules, type MitigationTable, type RecommendationRule } from '../response/index.ts'
import { packageRoot } from './package-root.ts'
import type { Workspace } from './workspace.ts'

let table: MitigationTable | undefined

/** Mitigations of ATT&CK and FiGHT as shipped; read once. */
export function mitigationTable(): MitigationTable {
  table ??= readMitigations(readFileSync(join(packageRoot(), 'data', 'recommendations', 'mitigations.json'), 'utf8'))
  return table
}

/** Shipped rules, and those of the folder `recommendations/` of the workspace, which stand before a shipped one of the same id. A file that does not fit is named in an error. */
export function recommendationRules(workspace: Pick<Workspace, 'path'>): readonly RecommendationRule[] {
  const folder = workspace.path('recommendations')
  const files = existsSync(folder) ? readdirSync(folder).filter((one) => one.endsWith('.yml')) : []
  const own = files.toSorted().flatMap((file) => rulesOf(join(folder, file)))
  const shipped = rulesOf(join(packageRoot(), 'data', 'recommendations', 'rules.yml'))
  return [...own, ...shipped.filter(({ id }) => !own.some((one) => one.id === id))]
}

function rulesOf(path: string): readonly RecommendationRule[] {
  const read = readRecommendationRules(readFileSync(path, 'utf8'))
  if ('rules' in read) return read.rules
  throw new UserError({
    code: 'recommendations-unreadable',
    message: `${basename(path)} ${read.wrong}`,
    hint: 'correct it; docs/what-to-do.md shows a rule with every entry',
  })
}
