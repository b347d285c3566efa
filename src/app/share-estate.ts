import { persons } from '../evidence/index.ts'
import { listInventory } from '../inventory/index.ts'
import { listCopies } from '../provenance/index.ts'
import type { OwnEstate } from '../sharing/index.ts'
import type { CaseStore } from './case-store.ts'
import { openInventory } from './estate.ts'
import type { HuntScope } from './hunt-scope.ts'
import { registryFolder } from './registry.ts'
import type { ShareSettings } from './share-settings.ts'
import type { Workspace } from './workspace.ts'

const mostNames = 200_000

/** Everything that names the operator's estate, its people and third parties: from inventory, registry, ledger, logs and settings. */
export async function shareEstate(options: {
  readonly workspace: Workspace
  readonly store: CaseStore
  readonly scope: HuntScope
  readonly settings: ShareSettings
}): Promise<OwnEstate> {
  const { workspace, store, scope, settings } = options
  const info = store.info()
  const db = openInventory(workspace, info)
  try {
    const systems = listInventory(db, 'system')
    const vendors = listInventory(db, 'vendor')
    const sources = listInventory(db, 'log_source')
    const copies = listCopies(registryFolder(workspace, info))
    const { engine } = await workspace.lake()
    const distinct = async (what: string): Promise<string[]> =>
      (
        await engine.rows<{ value: string }>(
          `SELECT DISTINCT ${what} AS value FROM events WHERE load_id IN {loads:Array(UInt64)} AND value != '' ORDER BY value LIMIT ${mostNames}`,
          { loads: scope.loads },
        )
      ).map((row) => row.value)
    const full = await distinct(`fields['Computer']`)
    const hosts = [
      ...(await distinct('host')),
      ...full,
      ...systems.flatMap((one) => [one.id, one.name, ...one.hosts]),
      ...sources.flatMap((one) => [one.id, one.host ?? '']),
    ]
    const domainOf = (host: string): string => (/^[\d.:]+$/.test(host) ? '' : host.split('.').slice(1).join('.'))
    const domains = hosts.map(domainOf).filter((one) => one.includes('.'))
    return {
      hosts,
      accounts: [
        ...(await distinct('account')),
        ...(await distinct(`fields['TargetUserName']`)),
        ...(await distinct(`fields['user']`)),
        ...vendors.flatMap((one) => one.accounts ?? []),
        ...listInventory(db, 'leaver').map((one) => one.account),
      ],
      names: [
        info.operator,
        ...vendors.flatMap((one) => [one.id, one.name]),
        ...listInventory(db, 'copy').map((one) => one.holder),
        ...copies.flatMap((one) => (one.kind === 'extract' ? [one.holder] : [])),
        ...persons(store.db).map((one) => one.name),
        ...sources.flatMap((one) => one.owner ?? []),
      ].filter((one) => one !== ''),
      domains: [...new Set([...domains, ...settings.own_domains])],
      networks: [...settings.own_networks, ...vendors.flatMap((one) => one.networks ?? [])],
      words: settings.never,
    }
  } finally {
    db.close()
  }
}
