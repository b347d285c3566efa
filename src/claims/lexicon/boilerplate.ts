import { pattern } from '../language/languages.ts'

/** Lines after which a page has nothing of the article any more. */
export const endsArticle = pattern('ends-article')

/** Lines of a page that are no part of the article. */
export const pageLines = pattern('page-lines')

/** A teaser of another article: cut off with an ellipsis. */
export const teaser = pattern('teaser', '')
