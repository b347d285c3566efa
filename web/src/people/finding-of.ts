import type { CaseView, Finding } from '../../../src/server/api.ts'

const indexes = new WeakMap<readonly Finding[], ReadonlyMap<string, Finding>>()

/** The finding of a kind about one of some subjects, as the case file has it now. */
export function findingOf(
  view: Pick<CaseView, 'findings'>,
  kind: Finding['kind'],
  subjects: readonly string[],
): Finding | undefined {
  const index = indexes.get(view.findings) ?? indexed(view.findings)
  return subjects.map((subject) => index.get(`${kind} ${subject}`)).find((one) => one !== undefined)
}

function indexed(findings: readonly Finding[]): ReadonlyMap<string, Finding> {
  const index = new Map<string, Finding>()
  for (const one of findings) {
    const key = `${one.kind} ${one.subject}`
    if (one.withdrawn !== true && !index.has(key)) index.set(key, one)
  }
  indexes.set(findings, index)
  return index
}
