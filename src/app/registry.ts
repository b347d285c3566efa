import type { CaseInfo } from './case-store.ts'
import type { Registry } from './judge-item.ts'
import { workspaceTokenKey } from './keys.ts'
import { workspaceId } from './workspace-id.ts'
import type { Workspace } from './workspace.ts'

/** The registry of a workspace with its lake and its key. */
export async function openRegistry(workspace: Workspace): Promise<Registry> {
  return {
    folder: registryFolder(workspace),
    lake: await workspace.lake(),
    key: workspaceTokenKey(workspace.world, workspaceId(workspace)),
  }
}

/** Where copies and leaks are registered: with the workspace, but an exercise's stay with its case, apart from real ones. */
export function registryFolder(workspace: Pick<Workspace, 'path'>, of?: Pick<CaseInfo, 'id' | 'generated'>): string {
  return of?.generated === true ? workspace.path('cases', of.id, 'registry') : workspace.path('registry')
}

/** Where the estate stands: with the workspace, but an exercise's invented one with its case. */
export function inventoryFile(workspace: Pick<Workspace, 'path'>, of?: Pick<CaseInfo, 'id' | 'generated'>): string {
  return of?.generated === true ? workspace.path('cases', of.id, 'inventory.db') : workspace.path('inventory.db')
}
