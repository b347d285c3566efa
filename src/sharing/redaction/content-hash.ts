import { canonicalJson, sha256, type Canonical } from '../../base/index.ts'
import type { ShareView } from './share-view.ts'

/** Names what would leave: a release by a person holds for exactly this content. `share:` and 32 hex digits. */
export function contentOf(view: ShareView): string {
  return `share:${sha256(canonicalJson(JSON.parse(JSON.stringify(view)) as Canonical)).slice(0, 32)}`
}
