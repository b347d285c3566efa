import { fieldAgreement } from './field-agreement.ts'
import type { Linkage } from './linkage.ts'
import type { Sample } from './sample.ts'

/**
 * A list of logins rather than a table of subscribers (rule P15): a column of passwords or login pages, and at most one attribute that agrees
 * with the rows met in any copy. `stealer`: with login pages, as malware on the users' machines writes them; `combination`: without.
 */
export function loginList(sample: Sample, linkages: readonly Linkage[]): 'stealer' | 'combination' | undefined {
  const secrets = sample.columns.filter(({ meaning }) => meaning.kind === 'secret')
  if (secrets.length === 0) return undefined
  const agreeing = new Set(
    linkages
      .flatMap(fieldAgreement)
      .filter(({ compared, equal }) => compared >= 3 && equal * 2 > compared)
      .map(({ tag }) => tag),
  )
  if (agreeing.size > 1) return undefined
  return secrets.some(({ name }) => /url|host|page|site/i.test(name)) ? 'stealer' : 'combination'
}
