import { fault, type Fault } from '../base/index.ts'
import type { Law } from './law-schema.ts'
import { lintLaw } from './lint-law.ts'

/**
 * Reads law files (name and YAML text). A file with a mistake is left out whole, with one fault that names line and field;
 * laws come back sorted by id, whatever the order of the files.
 */
export function readLaws(files: readonly { readonly name: string; readonly text: string }[]): { laws: Law[]; faults: Fault[] } {
  const laws: Law[] = []
  const faults: Fault[] = []
  for (const file of files.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const { law, flaws } = lintLaw(file.text)
    const [first] = flaws
    if (law === undefined || first !== undefined) {
      const where = { file: file.name, line: first?.line ?? 1, ...(first?.field === '' ? {} : { field: first?.field ?? '' }) }
      faults.push(lawFault(`The law file does not fit the form: ${first?.what ?? 'unreadable'}.`, where))
    } else if (laws.some((one) => one.id === law.id)) {
      faults.push(lawFault('A law with this id was read already.', { file: file.name }))
    } else laws.push(law)
  }
  return { laws: laws.toSorted((a, b) => (a.id < b.id ? -1 : 1)), faults }
}

function lawFault(what: string, where: Parameters<typeof fault>[2]): Fault {
  return fault(
    'law-file-invalid',
    what,
    where,
    'Correct the law file ("breachline laws lint FILE"); its duties are not shown until then.',
  )
}
