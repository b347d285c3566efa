import type { RecordFormat } from '../formats/index.ts'
import { listExtracts, marksKey, type MarkedExtract, type MarksKey } from '../marks/index.ts'
import type { TokenKey } from '../persons/index.ts'
import { fault, type Fault } from '../base/index.ts'
import { workspaceTokenKey } from './keys.ts'
import { workspaceId } from './workspace-id.ts'
import type { Workspace } from './workspace.ts'

/** The extracts that a workspace handed out, and the keys their marks are read with. */
export interface HandedOut {
  readonly folder: string
  readonly extracts: readonly MarkedExtract[]
  readonly key: MarksKey
  readonly tokens: TokenKey
  readonly faults: readonly Fault[]
}

/** Opens the papers of the extracts handed out. Extracts whose marks are under another key are a fault and left out. */
export function extractsOf(workspace: Workspace): HandedOut {
  const folder = workspace.path('extracts')
  const tokens = workspaceTokenKey(workspace.world, workspaceId(workspace))
  const key = marksKey(tokens)
  const { extracts, faults } = listExtracts(folder)
  const foreign = extracts.filter((one) => one.record.keyId !== key.id)
  return {
    folder,
    extracts: extracts.filter((one) => one.record.keyId === key.id),
    key,
    tokens,
    faults: [
      ...faults,
      ...foreign.map((one) =>
        fault(
          'extract-other-key',
          'The marks of the extract are under another key than the one at hand.',
          { file: one.record.extract },
          'Restore the key of the workspace from its backup; the extract was left out.',
        ),
      ),
    ],
  }
}

/** Kinds of files that hold a table, with the reader of each. */
export const tableFormats: Readonly<Record<string, RecordFormat>> = {
  csv: 'csv',
  jsonl: 'json-lines',
  'sql-dump': 'sql-dump',
  xlsx: 'xlsx',
  parquet: 'parquet',
}
