import sevenZip from '7z-wasm'
import type { SevenZipModuleFactory } from '7z-wasm'

/** An archive written by 7-Zip itself: 7z by default, ZIP with `-tzip` among the arguments. */
export async function sevenZipBytes(
  files: Readonly<Record<string, string | Uint8Array>>,
  args: readonly string[] = [],
): Promise<Uint8Array> {
  const engine = await (sevenZip as unknown as SevenZipModuleFactory)({ print: () => undefined, printErr: () => undefined })
  const disk = engine.FS as unknown as {
    mkdirTree(path: string): void
    writeFile(path: string, data: string | Uint8Array): void
    readFile(path: string): Uint8Array
    chdir(path: string): void
  }
  disk.mkdirTree('/in')
  for (const [name, data] of Object.entries(files)) {
    const folder = name.split('/').slice(0, -1).join('/')
    if (folder !== '') disk.mkdirTree(`/in/${folder}`)
    disk.writeFile(`/in/${name}`, data)
  }
  disk.chdir('/in')
  engine.callMain(['a', '-bd', ...args, '/archive.out', ...new Set(Object.keys(files).map((name) => name.split('/')[0] ?? name))])
  return disk.readFile('/archive.out')
}
