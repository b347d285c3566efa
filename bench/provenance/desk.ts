import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileSource, sha256 } from '../../src/base/index.ts'
import { copyFile, ownFile, type GeneratedFile, type World } from '../../src/drill/index.ts'
import { identify, openRecords, recordFormatOf } from '../../src/formats/index.ts'
import { tokenKey } from '../../src/persons/index.ts'
import { judge, listCopies, registerCopy, type Copy, type CopyManifest, type Verdict } from '../../src/provenance/index.ts'
import type { Lake } from '../../src/store/index.ts'

const key = tokenKey(Uint8Array.from({ length: 16 }, (_, at) => (at * 37 + 5) % 256))
const country = 'MY'

/** A world whose copies are registered, ready to judge its leaks. */
export interface Desk {
  readonly copies: readonly Copy[]
  judge(file: GeneratedFile): Promise<Verdict>
}

/** Registers what the operator of a world knows of: own system, extracts written down, older leaks. Files go through the disk. */
export async function openDesk({
  world,
  lake,
  folder,
}: {
  readonly world: World
  readonly lake: Lake
  readonly folder: string
}): Promise<Desk> {
  const registry = join(folder, 'registry')
  const files = join(folder, 'files')
  await mkdir(files, { recursive: true })
  const register = async (manifest: CopyManifest, file: GeneratedFile): Promise<void> => {
    const { table, bytesHash } = await opened(file, files)
    await registerCopy({ table, sha256: bytesHash, source: file.name, manifest, key, lake, registry, country })
  }
  await register(world.own, ownFile(world))
  for (const copy of [...world.extracts, ...world.leaks]) if (copy.registered) await register(copy.declared, copyFile(copy))
  const copies = listCopies(registry)
  return {
    copies,
    async judge(file) {
      const { table, bytesHash } = await opened(file, files)
      return judge({ table, exhibit: { sha256: bytesHash, file: file.name }, lake, key, copies, registry, country })
    },
  }
}

/** Writes a file, tells its format by its content and opens it, as an investigation does. */
async function opened(file: GeneratedFile, folder: string) {
  const path = join(folder, file.name)
  await writeFile(path, file.text)
  const source = await fileSource(path, file.name)
  const { kind } = await identify(source)
  const table = await openRecords(source, recordFormatOf(kind) ?? 'csv')
  return { table, bytesHash: sha256(file.text) }
}
