import { openEmbedded } from './embedded-engine.ts'
import type { Engine, EngineAddress } from './engine.ts'
import { openServer } from './server-engine.ts'

/** Opens an engine. Throws a `UserError` (environment) when it cannot be reached or its package is missing. */
export async function openEngine(address: EngineAddress): Promise<Engine> {
  return 'directory' in address ? openEmbedded(address.directory) : openServer(address)
}
