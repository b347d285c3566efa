import { unreachable } from '../base/index.ts'
import { originWords } from './judgement.ts'
import type { Law, LawRule } from './law-schema.ts'

/** Where a law belongs and whether what follows from it may leave the house. */
export function lawAbout(law: Law): { readonly jurisdiction: string; readonly confidential: boolean; readonly folder: string } {
  return {
    jurisdiction: law.jurisdiction ?? originWords[law.origin],
    confidential: law.origin !== 'law' || law.designation !== undefined,
    folder: law.origin === 'law' ? 'data/laws' : 'private/laws',
  }
}

/** `in force; read in a summary`; an enabled draft stays called a draft. */
export function statusText(law: Law, basis: LawRule['source']['basis']): string {
  const word = law.status === 'in-force' ? 'in force' : law.status === 'uncertain' ? 'draft, uncertain' : law.status
  return `${word}; ${basisText(basis)}`
}

function basisText(basis: LawRule['source']['basis']): string {
  switch (basis) {
    case 'text':
      return "the law's text was read"
    case 'summary':
      return 'read in a summary'
    case 'excerpt':
      return 'read in an excerpt'
    case 'memory':
      return 'from memory, not checked'
    case 'own':
      return "from the operator's own file"
    default:
      return unreachable(basis)
  }
}
