import { basename } from 'node:path'
import { fileSource } from '../base/index.ts'
import { addExhibit, type Signer } from '../evidence/index.ts'
import { openCase } from './case-store.ts'
import { packageVersion } from './package-root.ts'
import type { ReadSegment } from './watch-desk.ts'
import type { Workspace } from './workspace.ts'

/** Takes a closed segment into a case as an exhibit, with how it was read; gives its number. The same segment is taken in once. */
export async function keepSegment(
  { path, source, segment, kind, from, to, opened, closed, why }: ReadSegment,
  into: { readonly workspace: Pick<Workspace, 'path'>; readonly caseId: string; readonly signer: Signer },
): Promise<string> {
  const { signer } = into
  const store = openCase(into.workspace, into.caseId)
  try {
    // With the day: times without a year take it from the name.
    const name = `${basename(source)}.${opened.slice(0, 10)}.segment-${segment}`
    const added = await addExhibit(store, {
      file: await fileSource(path),
      name,
      kind,
      role: 'logs',
      mode: 'copied',
      acquisition: {
        by: signer.name,
        when: closed,
        from: `followed source ${source}, segment ${segment}, bytes ${from}-${to}, read from ${opened} to ${closed}, closed: ${why}`,
        how: { tool: 'breachline watch', version: packageVersion(), method: 'live-read' },
      },
      by: signer,
      at: closed,
    })
    store.keepGiven({ sha256: added.exhibit.sha256, name, rule: { role: 'logs' }, at: closed })
    return added.exhibit.number
  } finally {
    store.close()
  }
}
