/** Lines after which a page has nothing of the article any more. */
export const endsArticle =
  /^(?:most (?:read|popular|viewed)(?: articles| stories)?|related (?:articles|stories|posts|news)|recommended(?: for you)?|you (?:may|might) also (?:like|enjoy)|more from|read next|trending(?: now)?|latest news|leave a (?:reply|comment)|comments)\s*:?/i

/** Lines of a page that are no part of the article. */
export const pageLines =
  /^(?:follow us on|subscribe|sign up|share (?:this|on)|tags?:|©|\(c\)|copyright|all rights reserved|this (?:website|site) uses cookies|we use cookies|to reach the editorial|by on$|advertisement|\(source:|source:|photo:|image:|we've already reached out|click here|read (?:more|also))/i

/** A teaser of another article: cut off with an ellipsis. */
export const teaser = /(?:…|\.\.\.)["')]?$/
