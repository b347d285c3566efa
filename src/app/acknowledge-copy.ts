import { readFileSync } from 'node:fs'
import { UserError } from '../base/index.ts'
import type { Signer } from '../evidence/index.ts'
import { acknowledge, keepAcknowledged, type Acknowledged } from '../marks/index.ts'
import { listCopies } from '../provenance/index.ts'
import { extractsOf } from './extracts-of.ts'
import { keepDetails } from './keep-details.ts'
import { registryFolder } from './registry.ts'
import { recordAct } from './workspace-custody.ts'
import type { Workspace } from './workspace.ts'

/**
 * Checks the acknowledgement a recipient returned and records it with the extract and as the receipt of the registered copy.
 * `signature` holds base64, `publicKey` a PEM; or a scan of the signed paper, of which only the hash is kept.
 */
export function acknowledgeCopy(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly extract: string
  readonly returned: { readonly signature: string; readonly publicKey: string } | { readonly scan: string }
}): Acknowledged {
  const { workspace, signer, extract, returned } = options
  const handed = extractsOf(workspace)
  const known = handed.extracts.find((one) => one.record.extract === extract)
  if (known === undefined)
    throw new UserError({
      code: 'extract-unknown',
      message: `no extract ${JSON.stringify(extract)} was handed out from this workspace`,
      hint: 'the manifest beside the extract gives its name',
    })
  const at = workspace.world.now()
  const acknowledged = acknowledge({
    manifest: known.manifest,
    returned:
      'scan' in returned
        ? { how: 'scan', bytes: readFileSync(returned.scan) }
        : {
            how: 'signature',
            signature: readFileSync(returned.signature, 'utf8'),
            publicKey: readFileSync(returned.publicKey, 'utf8'),
          },
    at,
    recordedBy: signer.name,
  })
  keepAcknowledged(handed.folder, acknowledged)
  recordAct(workspace, {
    act: 'note',
    by: signer,
    detail: { extract, acknowledged: acknowledged.how, proof: acknowledged.proof, text: acknowledged.text },
  })
  const registered = listCopies(registryFolder(workspace)).find((one) => one.id === extract)
  if (registered !== undefined)
    keepDetails({
      workspace,
      signer,
      registered,
      details: {
        receipt: {
          by: known.manifest.holder,
          on: at.slice(0, 10),
          reference: `${acknowledged.how === 'scan' ? 'scan with SHA-256' : 'signature with key'} ${acknowledged.proof}`,
          sha256: known.manifest.sha256,
        },
      },
    })
  return acknowledged
}
