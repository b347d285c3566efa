import type { Registry } from './judge-samples.ts'
import { workspaceTokenKey } from './keys.ts'
import { workspaceId } from './workspace-id.ts'
import type { Workspace } from './workspace.ts'

/** The registry of a workspace with its lake and its key. */
export async function openRegistry(workspace: Workspace): Promise<Registry> {
  return {
    folder: workspace.path('registry'),
    lake: await workspace.lake(),
    key: workspaceTokenKey(workspace.world, workspaceId(workspace)),
  }
}
