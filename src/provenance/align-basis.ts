import type { Basis, Column } from './columns.ts'

/** Why a column has its meaning, as a clause for the page and the terminal; no value of the column is in it. */
export function basisText({ basis, rounded = 0 }: Column): string {
  const lost = rounded === 0 ? '' : `; ${rounded} % of its values were rounded by a spreadsheet and are lost`
  return `${becauseOf(basis)}${lost}`
}

function becauseOf(basis: Basis | undefined): string {
  if (basis === undefined) return 'as it was registered'
  const against = 'against' in basis && basis.against !== undefined ? `; the header says ${basis.against}` : ''
  switch (basis.kind) {
    case 'said':
      return 'its header says so'
    case 'map':
      return 'given by a person'
    case 'form':
      return `its values have the form${against}`
    case 'named':
      return `nothing tells; it compares with columns of its own name${against}`
    case 'found':
      return basis.by === 'rows'
        ? `${basis.share} % of ${basis.rows} rows that meet copy ${basis.copy} agree, by chance ${basis.chance} %${against}`
        : `${basis.share} % of ${basis.rows} values are held by copy ${basis.copy}, ${basis.chance} % by its next best column${against}`
  }
}
