import type { Watch } from '../base/index.ts'
import type { Signer } from '../evidence/index.ts'
import { importCase, type ImportedCase } from './import-case.ts'
import { importShared, type ImportedFile } from './import-shared.ts'
import { subscribe, type SubscribeAnswer } from './subscribe.ts'
import type { Workspace } from './workspace.ts'

type Asked<Work extends (options: never) => unknown, Without extends string = never> = Omit<
  Parameters<Work>[0],
  'workspace' | 'signer' | 'watch' | Without
>

/** What others share, taken in and searched for in all logs at once. Long work: it tells how far it is and can be stopped. */
export interface IntakeDesk {
  /** A STIX bundle or a MISP event. */
  file(asked: Asked<typeof importShared>, watch: Watch): Promise<ImportedFile>
  /** A case of another tool. */
  case(asked: Asked<typeof importCase>, watch: Watch): Promise<ImportedCase>
  /** What a peer published since the last time. */
  peer(asked: Asked<typeof subscribe, 'fetch' | 'elapsed'>, watch: Watch): Promise<SubscribeAnswer>
}

/** The same over an open workspace. */
export function intakeDesk(workspace: Workspace, signer: Signer): IntakeDesk {
  return {
    file: (asked, watch) => importShared({ ...asked, workspace, signer, watch }),
    case: (asked, watch) => importCase({ ...asked, workspace, signer, watch }),
    peer: (asked, watch) =>
      subscribe({ ...asked, workspace, signer, watch, fetch: globalThis.fetch, elapsed: () => performance.now() }),
  }
}
