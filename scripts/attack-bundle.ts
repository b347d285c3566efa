import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** What every object of a STIX bundle may say of its standing. */
interface Standing {
  readonly revoked?: boolean
  readonly x_mitre_deprecated?: boolean
}

/** ATT&CK's bundle and version as the command line of `script` names them: the objects that stand. Ends with 2 when one is not given. */
export function attackBundle<T extends Standing>(script: string): { readonly standing: readonly T[]; readonly version: string } {
  const [bundle, version] = process.argv.slice(2)
  if (bundle === undefined || version === undefined) {
    process.stderr.write(`usage: node scripts/${script} BUNDLE.json.gz VERSION\n`)
    process.exit(2)
  }
  const bytes = readFileSync(bundle)
  const { objects } = JSON.parse((bundle.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')) as {
    objects: readonly T[]
  }
  return { standing: objects.filter((one) => one.revoked !== true && one.x_mitre_deprecated !== true), version }
}
